import { z } from 'zod';
import { Actor, PersonId, Timestamp } from './ids';

/** From least to most; what each may do stands in `shared/people/permissions.ts`. */
export const ROLES = ['labeller', 'reviewer', 'lead', 'admin'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** The raw 32 bytes of an Ed25519 public key (RFC 8032) in base64. */
export const PublicKey = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);
export type PublicKey = z.infer<typeof PublicKey>;

/** The 64 bytes of an Ed25519 signature in base64. */
export const Signature = z.string().regex(/^[A-Za-z0-9+/]{86}==$/);
export type Signature = z.infer<typeof Signature>;

/** A local profile, as everyone may see it. Passphrase and private key never leave the main process. */
export const Person = z.object({
  id: PersonId,
  name: Actor,
  role: Role,
  publicKey: PublicKey,
  createdAt: Timestamp,
  /** Retired people cannot sign in; what they did keeps their name. */
  isRetired: z.boolean(),
});
export type Person = Readonly<z.infer<typeof Person>>;

/**
 * Who works now. Where no profiles exist everyone is the owner: role admin, no person, the name that was given in the
 * settings.
 */
export const Session = z.object({
  personId: PersonId.nullable(),
  name: Actor,
  role: Role,
});
export type Session = Readonly<z.infer<typeof Session>>;

/** Someone as other records name them; `id` is null for the owner of an installation without profiles. */
export const PersonRef = z.object({ id: PersonId.nullable(), name: Actor });
export type PersonRef = Readonly<z.infer<typeof PersonRef>>;
