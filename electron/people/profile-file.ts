import fs from 'node:fs/promises';
import { z } from 'zod';
import { sha256OfRecord } from '../../shared/document/hash';
import { Person, PublicKey, Signature } from '../../shared/schema/person';
import { writeJsonAtomically } from '../grants/atomic-json-file';
import { LockedKey } from './locked-key';
import { isSignatureValid } from './signatures';

/** A profile as main keeps it. */
export const Profile = z.object({
  person: Person,
  key: LockedKey,
  /** Keys before a reset, newest last: what they signed is still this person's. */
  formerKeys: z.array(PublicKey).max(1000),
});
export type Profile = Readonly<z.infer<typeof Profile>>;

const Profiles = z.object({
  /** One more with each change, so that an older file is known for one. */
  revision: z.number().int().min(1),
  profiles: z.array(Profile).min(1).max(10_000),
});
export type Profiles = Readonly<z.infer<typeof Profiles>>;

const ProfileFile = z.object({ version: z.literal(1), ...Profiles.shape, seal: Signature });

/** The installation's key signs this, with the purpose `people`. */
export const hashToSeal = ({ revision, profiles }: Profiles) => sha256OfRecord({ revision, profiles });

export async function writeProfileFile(file: string, profiles: Profiles, seal: Signature): Promise<void> {
  await writeJsonAtomically(file, { version: 1, ...profiles, seal });
}

/** What a file is worth: profiles of a file that is not whole are shown, and their roles not believed. */
export type ReadProfiles =
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable' }
  | {
      readonly kind: 'unsealed' | 'outdated' | 'whole';
      readonly profiles: Profiles;
      readonly seal: Signature;
    };

/** Reads a profile file and holds it against the installation's key and the newest revision that it knows of. */
export async function readProfileFile(
  file: string,
  installation: { readonly publicKey: PublicKey | null; readonly peopleRevision: number },
): Promise<ReadProfiles> {
  let text: string;
  try {
    text = await fs.readFile(file, 'utf8');
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'ENOENT' ? { kind: 'absent' } : { kind: 'unreadable' };
  }
  const parsed = ProfileFile.safeParse(parsedJson(text));
  if (!parsed.success) return { kind: 'unreadable' };
  const { revision, profiles, seal } = parsed.data;
  const read = { profiles: { revision, profiles }, seal };
  const { publicKey, peopleRevision } = installation;
  const isSealed =
    publicKey !== null &&
    isSignatureValid({ purpose: 'people', hash: hashToSeal(read.profiles), signature: seal, publicKey });
  if (!isSealed) return { kind: 'unsealed', ...read };
  return { kind: revision < peopleRevision ? 'outdated' : 'whole', ...read };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
