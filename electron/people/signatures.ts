import { createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import type { SignedPurpose } from '../../shared/ipc/channels/people';
import type { Sha256 } from '../../shared/schema/ids';
import type { PublicKey, Signature } from '../../shared/schema/person';

/** `people` is the seal of the profile file; it never leaves the main process. */
export type SealedPurpose = SignedPurpose | 'people';

/** What SubjectPublicKeyInfo puts before the 32 bytes of an Ed25519 key (RFC 8410, section 4). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

export interface KeyPair {
  readonly publicKey: PublicKey;
  readonly privateKey: KeyObject;
}

/** A new Ed25519 key pair (RFC 8032). */
export function createKeyPair(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { publicKey: rawPublicKey(publicKey), privateKey };
}

/** The public half of a private key. */
export function publicKeyOf(privateKey: KeyObject): PublicKey {
  return rawPublicKey(createPublicKey(privateKey));
}

function rawPublicKey(key: KeyObject): PublicKey {
  return key.export({ type: 'spki', format: 'der' }).subarray(SPKI_PREFIX.length).toString('base64');
}

/** The bytes under a signature: the purpose is part of them, so that none can be used for another. */
function signedBytes(purpose: SealedPurpose, hash: Sha256): Buffer {
  return Buffer.from(`groundmark:${purpose}:${hash}`, 'utf8');
}

export function signHash(privateKey: KeyObject, purpose: SealedPurpose, hash: Sha256): Signature {
  return sign(null, signedBytes(purpose, hash), privateKey).toString('base64');
}

/** False also for a key that is not a point of the curve. */
export function isSignatureValid(signed: {
  readonly purpose: SealedPurpose;
  readonly hash: Sha256;
  readonly signature: Signature;
  readonly publicKey: PublicKey;
}): boolean {
  try {
    const der = Buffer.concat([SPKI_PREFIX, Buffer.from(signed.publicKey, 'base64')]);
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    return verify(
      null,
      signedBytes(signed.purpose, signed.hash),
      key,
      Buffer.from(signed.signature, 'base64'),
    );
  } catch {
    return false;
  }
}
