import type { ChangeSet } from '../../document/change-set';
import type { ImageDocument } from '../../document/image-document';
import { type ImageStatus, UNLABELLED_STATUS } from '../../schema/annotation';

const IN_PROGRESS: ImageStatus = { state: 'inProgress', decidedBy: null, decidedAt: null };

/** The state that follows from how many objects there are, when no person has decided otherwise. */
export function derivedStatus(count: number): ImageStatus {
  return count === 0 ? UNLABELLED_STATUS : IN_PROGRESS;
}

/**
 * What a changed number of objects does to the picture's status. A person's decision stands as long as it can be
 * true: `labelled` while something is there, `confirmedEmpty` while nothing is.
 */
export function statusFollowing(document: ImageDocument, countAfter: number): ChangeSet['status'] {
  const before = document.status;
  const decisionHolds =
    (before.state === 'labelled' && countAfter > 0) ||
    (before.state === 'confirmedEmpty' && countAfter === 0);
  const after = decisionHolds ? before : derivedStatus(countAfter);
  return before.state === after.state ? null : [before, after];
}
