import type { ImageState, ImageStatus } from '../schema/annotation';
import { UNLABELLED_STATUS } from '../schema/annotation';
import type { Actor, Timestamp } from '../schema/ids';

/**
 * The status after an edit left a picture with `count` annotations. A person's word stands until an edit contradicts
 * it: "confirmed empty" falls with the first annotation, "labelled" with the last one removed. Falling goes to the
 * state that claims less, so that a picture is looked at once more rather than once too little.
 */
export function statusAfterEdit(before: ImageStatus, count: number): ImageStatus {
  if (count === 0) {
    return before.state === 'labelled' || before.state === 'inProgress' ? UNLABELLED_STATUS : before;
  }
  return before.state === 'labelled' || before.state === 'inProgress'
    ? before
    : { state: 'inProgress', decidedBy: null, decidedAt: null };
}

/** A person's own word on a picture. Taking it back (`unlabelled`, `inProgress`) leaves nobody's name. */
export function decidedStatus(state: ImageState, by: Actor, at: Timestamp): ImageStatus {
  return state === 'labelled' || state === 'confirmedEmpty'
    ? { state, decidedBy: by, decidedAt: at }
    : { state, decidedBy: null, decidedAt: null };
}

/** Why a state cannot be said of a picture with `count` annotations, in words for a person; null when it can. */
export function reasonAgainstState(state: ImageState, count: number): string | null {
  if (state === 'confirmedEmpty' && count > 0) {
    return `This picture has ${count} annotation${count === 1 ? '' : 's'}. Delete them first to confirm that it is empty.`;
  }
  if (state === 'labelled' && count === 0) {
    return 'This picture has no annotations. Confirm it as empty instead.';
  }
  return null;
}
