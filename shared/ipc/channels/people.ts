import { z } from 'zod';
import { LONGEST_PASSPHRASE } from '../../people/passphrase';
import { Actor, PersonId, Sha256 } from '../../schema/ids';
import { Person, PublicKey, Role, Session, Signature } from '../../schema/person';

/** In UTF-16 code units, of which a character may take two. What is weak is refused where it is set. */
const Passphrase = z
  .string()
  .min(1)
  .max(2 * LONGEST_PASSPHRASE);

/** Who is at the app, as main holds it. */
export const SessionState = z.object({
  /**
   * `open`: there are no profiles and everybody is the owner. `locked`: the person is away and comes back by their
   * passphrase. While `signedOut` or `locked`, almost every channel is refused.
   */
  kind: z.enum(['open', 'signedOut', 'locked', 'signedIn']),
  /** Who is signed in or has locked; null for the owner and for nobody. */
  session: Session.nullable(),
  /**
   * What is wrong with the files of profiles, in words for people; null when all is well. `restored`: a damaged file was
   * put aside and its sealed copy is used. `safeMode`: no file holds its seal, so roles are not believed: whoever signs
   * in is a labeller, and nothing about people can be changed.
   */
  problem: z.object({ kind: z.enum(['restored', 'safeMode']), message: z.string() }).nullable(),
});
export type SessionState = Readonly<z.infer<typeof SessionState>>;

/**
 * What is signed, so that a signature for one thing never holds for another: `audit` with the key of the installation,
 * `package` with the key of whoever is signed in, or of the installation where there are no profiles.
 */
export const SIGNED_PURPOSES = ['audit', 'package'] as const;
export type SignedPurpose = (typeof SIGNED_PURPOSES)[number];

/** Whose key it was: `unknown` for one that this installation has never seen. */
export const Signer = z.object({
  kind: z.enum(['installation', 'person', 'unknown']),
  personId: PersonId.nullable(),
  name: Actor.nullable(),
});
export type Signer = Readonly<z.infer<typeof Signer>>;

/** Channels of people: profiles of this installation, who is signed in, signatures. */
export const peopleChannels = {
  /** Everyone, retired people included, in the order in which they were made; readable by all, as names stand in the history. */
  'people.list': { args: z.object({}), result: z.array(Person) },
  'people.session': { args: z.object({}), result: SessionState },
  /** The first profile becomes admin, whatever was asked for, and is signed in. */
  'people.create': {
    args: z.object({ name: Actor, role: Role, passphrase: Passphrase }),
    result: Person,
    deed: 'people.manage',
  },
  /** Also the way back from a lock, for the same person or another. */
  'people.signIn': { args: z.object({ personId: PersonId, passphrase: Passphrase }), result: Session },
  'people.signOut': { args: z.object({}), result: z.null() },
  'people.lock': { args: z.object({}), result: z.null() },
  'people.setRole': {
    args: z.object({ personId: PersonId, role: Role }),
    result: Person,
    deed: 'people.manage',
  },
  'people.rename': {
    args: z.object({ personId: PersonId, name: Actor }),
    result: Person,
    deed: 'people.manage',
  },
  'people.retire': {
    args: z.object({ personId: PersonId, isRetired: z.boolean() }),
    result: Person,
    deed: 'people.manage',
  },
  /** Of whoever is signed in; key and signatures stay. */
  'people.changePassphrase': {
    args: z.object({ current: Passphrase, next: Passphrase }),
    result: z.null(),
  },
  /** For somebody who forgot theirs. Makes a new key, because the old one cannot be opened without the old passphrase. */
  'people.resetPassphrase': {
    args: z.object({ personId: PersonId, passphrase: Passphrase }),
    result: Person,
    deed: 'people.manage',
  },
  /** Minutes without `people.used` until the session locks, 0 for never. A new session begins with the default. */
  'people.setIdleLock': {
    args: z.object({
      minutes: z
        .number()
        .int()
        .min(0)
        .max(24 * 60),
    }),
    result: z.null(),
  },
  /** The window was used: keys or pointer. Told now and then, not each time. */
  'people.used': { args: z.object({}), result: z.null() },
  'people.sign': {
    args: z.object({ purpose: z.enum(SIGNED_PURPOSES), hash: Sha256 }),
    result: z.object({ signature: Signature, publicKey: PublicKey }),
  },
  /** By which key the packages of whoever is at the app are known: `people.sign` signs with it for the purpose `package`. */
  'people.ownKey': { args: z.object({}), result: PublicKey },
  /** Whether the signature was made over this hash for this purpose with this key, and whose key it is. */
  'people.verify': {
    args: z.object({
      purpose: z.enum(SIGNED_PURPOSES),
      hash: Sha256,
      signature: Signature,
      publicKey: PublicKey,
    }),
    result: z.object({ isValid: z.boolean(), signer: Signer }),
  },
} as const;

export const peopleEvents = {
  /** Somebody signed in or out, locked, or was changed. */
  'people.sessionChanged': SessionState,
} as const;
