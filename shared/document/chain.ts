import type { ChangeRecord } from '../schema/change';
import type { Sha256 } from '../schema/ids';
import { hashOfChange, hashOfImportedChange, type ImportedBodyToHash } from './hash';

/** The newest line of a project's journal; its numbers run 1, 2, 3, … without gaps. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: Sha256 | null;
}

export const EMPTY_CHAIN: ChainHead = { seq: 0, hash: null };

export type ChangeDraft = Omit<ChangeRecord, 'seq' | 'previousHash' | 'hash'>;

/** The draft as the line after `head`: numbered, linked to the line before and sealed with its own hash. */
export function sealChange(draft: ChangeDraft, head: ChainHead): ChangeRecord {
  const linked = { ...draft, seq: head.seq + 1, previousHash: head.hash };
  return { ...linked, hash: hashOfChange(linked) };
}

/** As `sealChange`, of a line with images of an import, which is made as text and not taken apart to be hashed. */
export function sealImport(
  draft: Omit<ChangeDraft, 'body'>,
  body: ImportedBodyToHash,
  head: ChainHead,
): Omit<ChangeRecord, 'body'> {
  const linked = { ...draft, seq: head.seq + 1, previousHash: head.hash };
  return { ...linked, hash: hashOfImportedChange(linked, body) };
}

/** Why `change` cannot be the line after `head`, in words for a person; null when the link holds. O(size of change). */
export function brokenLinkReason(head: ChainHead, change: ChangeRecord): string | null {
  if (change.seq !== head.seq + 1) {
    return `line ${head.seq + 1} is missing; the next one that is there is line ${change.seq}`;
  }
  if (change.previousHash !== head.hash) {
    return `line ${change.seq} does not follow from line ${head.seq}: one of the two was altered`;
  }
  const { hash, ...rest } = change;
  return hashOfChange(rest) === hash ? null : `line ${change.seq} was altered after it was written`;
}
