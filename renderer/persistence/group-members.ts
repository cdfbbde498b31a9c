import type { ChangeDraft } from '../../shared/document/chain';
import { applyChange, type ChangeSet } from '../../shared/document/change-set';
import { documentFromSet } from '../../shared/document/image-document';
import { bodyOfChangeSet } from '../../shared/document/journal';
import type { AnnotationSet } from '../../shared/schema/change';
import type { ChangeId } from '../../shared/schema/ids';
import { imageAfter, putOwner } from './annotation-repository';
import { writeSet } from './annotation-store';
import type { PersistenceContext } from './context';
import { countChange, countState, type MutableCounts } from './counts';
import { nextLine } from './journal-lines';
import { markChanged, reviewRowsOf } from './review-rows';
import type { StoredChange, StoredHead, StoredImage } from './stored-records';

/** What a group change does to one of its images. */
export interface GroupMember {
  readonly image: StoredImage;
  readonly before: AnnotationSet;
  readonly change: ChangeSet;
  /** For undo and redo: the line of the first group that is taken back or done again. */
  readonly targetId: ChangeId | null;
  readonly hasFinding: boolean;
}

/** End of the journal and counts while a group is written; the caller stores both in the same transaction. */
export interface GroupState {
  head: StoredHead;
  readonly counts: MutableCounts;
}

/**
 * Writes images of a group inside the caller's transaction: a line, a record and a list row each. Some hundred at a
 * time keep memory flat and let the lines go out in one bulk write.
 */
export async function writeGroupMembers(
  { db, newId, pages }: PersistenceContext,
  state: GroupState,
  draft: Omit<ChangeDraft, 'id' | 'imageId' | 'targetId' | 'body'>,
  members: readonly GroupMember[],
): Promise<void> {
  // Before any write: one that waits for a read in between loses its transaction.
  const reviews = await reviewRowsOf(
    db,
    members.map(({ image }) => image.id),
  );
  const rows: StoredImage[] = [];
  const lines: StoredChange[] = [];
  const writes: PromiseLike<unknown>[] = [];
  for (const { image, before, change, targetId, hasFinding } of members) {
    const after = setAfter(image, before, change);
    if (image.layer === undefined) {
      countChange(state.counts, change);
      countState(state.counts, image.state, after.status.state);
      rows.push(imageAfter(image, after, hasFinding, after.revision));
    } else {
      // What lies in a layer is no label of the project.
      writes.push(putOwner(db, image, after, hasFinding, after.revision));
    }
    const next = nextLine(state.head, {
      ...draft,
      id: newId() as ChangeId,
      imageId: image.id,
      targetId,
      body: bodyOfChangeSet(change),
    });
    state.head = next.head;
    lines.push(next.line);
    // Nothing is stored of an image that was never edited: one empty page.
    writes.push(writeSet(db, after, before.revision === 0 ? [[]] : null));
    pages.forget(image.id);
  }
  await Promise.all([
    ...writes,
    db.changes.bulkAdd(lines),
    db.images.bulkPut(rows),
    ...[...reviews.values()].map((row) => markChanged(db, row)),
  ]);
}

/** The set that a change leads to, one revision on. */
function setAfter(image: StoredImage, before: AnnotationSet, change: ChangeSet): AnnotationSet {
  const document = applyChange(documentFromSet(before, image), change);
  return {
    ...before,
    revision: image.revision + 1,
    annotations: [...document.annotations.values()],
    status: document.status,
  };
}
