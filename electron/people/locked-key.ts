import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  type ScryptOptions,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';
import { z } from 'zod';
import { normalisedPassphrase } from '../../shared/people/passphrase';

const base64 = (bytes: number) => z.base64().refine((text) => Buffer.from(text, 'base64').length === bytes);

/** An Ed25519 private key in PKCS #8 (RFC 8410) has 48 bytes. */
const PRIVATE_KEY_BYTES = 48;

/** A private key as it is stored: it opens with the passphrase alone. */
export const LockedKey = z.object({
  /** Bounds, so that a file from elsewhere can make us spend neither no work nor all memory. */
  N: z
    .number()
    .int()
    .min(2 ** 14)
    .max(2 ** 20),
  r: z.literal(8),
  p: z.number().int().min(1).max(8),
  salt: base64(16),
  verifier: base64(32),
  iv: base64(12),
  ciphertext: base64(PRIVATE_KEY_BYTES),
  tag: base64(16),
});
export type LockedKey = z.infer<typeof LockedKey>;

export type ScryptCost = Pick<LockedKey, 'N' | 'r' | 'p'>;

/**
 * OWASP Password Storage Cheat Sheet, "scrypt": N = 2^17 (128 MiB), r = 8, p = 1. Half a second to two of one core,
 * in a thread of its own.
 */
export const OWASP_COST: ScryptCost = { N: 2 ** 17, r: 8, p: 1 };

interface Derived {
  /** Stored, and compared with. */
  readonly verifier: Buffer;
  /** Never stored; opens the private key. */
  readonly wrappingKey: Buffer;
}

/** Two keys of one scrypt, told apart by HKDF-SHA256 (RFC 5869), so that the stored one says nothing of the other. */
async function derive(passphrase: string, salt: Buffer, { N, r, p }: ScryptCost): Promise<Derived> {
  // scrypt needs 128·N·r bytes and some; the default bound of Node is 32 MiB.
  const options: ScryptOptions = { N, r, p, maxmem: 128 * N * r + 128 * r * p + 2 ** 20 };
  const root = await new Promise<Buffer>((resolve, reject) =>
    scrypt(normalisedPassphrase(passphrase), salt, 32, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    ),
  );
  const part = (name: string) => Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), name, 32));
  const derived = {
    verifier: part('groundmark:verifier'),
    wrappingKey: part('groundmark:private-key'),
  };
  root.fill(0);
  return derived;
}

/**
 * Locks a private key with a passphrase: AES-256-GCM under a key of scrypt, with a salt of its own.
 * @param owner is bound to it (as additional data), so that a locked key cannot be moved to another profile.
 */
export async function lockKey(
  privateKey: KeyObject,
  passphrase: string,
  owner: string,
  cost: ScryptCost = OWASP_COST,
): Promise<LockedKey> {
  const salt = randomBytes(16);
  const { verifier, wrappingKey } = await derive(passphrase, salt, cost);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', wrappingKey, iv);
  cipher.setAAD(Buffer.from(owner, 'utf8'));
  const plain = privateKey.export({ type: 'pkcs8', format: 'der' });
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  plain.fill(0);
  wrappingKey.fill(0);
  return {
    ...cost,
    salt: salt.toString('base64'),
    verifier: verifier.toString('base64'),
    iv: iv.toString('base64'),
    ciphertext: ciphertext.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  };
}

/** The private key; null for a wrong passphrase, or when key and owner do not belong together. */
export async function unlockKey(
  locked: LockedKey,
  passphrase: string,
  owner: string,
): Promise<KeyObject | null> {
  const { verifier, wrappingKey } = await derive(passphrase, Buffer.from(locked.salt, 'base64'), locked);
  if (!timingSafeEqual(verifier, Buffer.from(locked.verifier, 'base64'))) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', wrappingKey, Buffer.from(locked.iv, 'base64'));
    decipher.setAAD(Buffer.from(owner, 'utf8'));
    decipher.setAuthTag(Buffer.from(locked.tag, 'base64'));
    const plain = Buffer.concat([
      decipher.update(Buffer.from(locked.ciphertext, 'base64')),
      decipher.final(),
    ]);
    return createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' });
  } catch {
    return null;
  }
}
