import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Annotation } from '../schema/annotation';
import type { ChangeRecord } from '../schema/change';
import type { Sha256 } from '../schema/ids';
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
  return sha256OfRecord({ ...change, hash: undefined });
}

/**
 * As `hashOfChange`, of a change whose body is text already: canonical JSON, as `canonicalJson` would write it. The
 * lines of an import are made as text, and are too many to be taken apart only to be written once more.
 */
export function hashOfChangeWithBody(change: Omit<ChangeRecord, 'hash' | 'body'>, body: string): Sha256 {
  const { actor, at, ...others } = change;
  // Keys stand in code-unit order: these two before `body`, all others behind it.
  const before = canonicalJson({ actor, at }).slice(0, -1);
  const behind = canonicalJson(others).slice(1);
  return sha256OfText(`${before},"body":${body},${behind}`);
}
