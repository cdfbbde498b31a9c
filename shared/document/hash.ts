import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Annotation } from '../schema/annotation';
import type { ChangeRecord } from '../schema/change';
import type { ImageId, Sha256 } from '../schema/ids';
import type { ImportedChangeBody } from '../schema/imported-annotation';
import { canonicalJson } from './canonical-json';

/**
 * SHA-256 of a text's UTF-8 bytes. Synchronous on purpose: an IndexedDB transaction ends when one awaits anything but
 * the database, so crypto.subtle cannot be used inside one.
 */
export function sha256OfText(text: string): Sha256 {
  return bytesToHex(sha256(utf8ToBytes(text))) as Sha256;
}

export function sha256OfRecord(record: unknown): Sha256 {
  return sha256OfText(canonicalJson(record));
}

// Records are immutable, so an object's hash is computed once however often its picture is saved.
const hashByAnnotation = new WeakMap<Annotation, Sha256>();

/** The hash of a picture's annotations in drawing order; O(changed) after the first time. */
export function hashOfAnnotations(annotations: Iterable<Annotation>): Sha256 {
  const parts: string[] = [];
  for (const annotation of annotations) {
    let hash = hashByAnnotation.get(annotation);
    if (hash === undefined) {
      hash = sha256OfRecord(annotation);
      hashByAnnotation.set(annotation, hash);
    }
    parts.push(hash);
  }
  return sha256OfText(parts.join('\n'));
}

/** The hash that a journal line must carry: of all its other fields, the hash of the line before it included. */
export function hashOfChange(change: Omit<ChangeRecord, 'hash'>): Sha256 {
  const { body } = change;
  // The annotations of an import count by a hash of their own, so that whoever read them can have made it.
  const hashed = body.kind === 'imported' ? importedBodyToHash(body) : body;
  return sha256OfRecord({ ...change, body: hashed, hash: undefined });
}

/** As `hashOfChange`, of a line that holds images of an import, whose annotations are hashed already. */
export function hashOfImportedChange(
  change: Omit<ChangeRecord, 'hash' | 'body'>,
  body: ImportedBodyToHash,
): Sha256 {
  return sha256OfRecord({ ...change, body });
}

/** What is hashed of an import's line: instead of an image's annotations the hash of their text as it is stored. */
export interface ImportedBodyToHash extends Omit<ImportedChangeBody, 'images'> {
  readonly images: readonly {
    readonly id: ImageId;
    readonly state: ImportedChangeBody['images'][number]['state'];
    readonly annotations: Sha256;
  }[];
}

function importedBodyToHash(body: ImportedChangeBody): ImportedBodyToHash {
  const images = body.images.map(({ id, state, annotations }) => ({
    id,
    state,
    annotations: sha256OfText(annotations.map(canonicalJson).join(',')),
  }));
  return { ...body, images };
}
