import type { ChangeSet } from '../../document/change-set';
import type { ImageDocument } from '../../document/image-document';
import { statusAfterEdit } from '../../document/image-status';

/** What a changed number of objects does to the picture's status, as the pair that a change carries. */
export function statusFollowing(document: ImageDocument, countAfter: number): ChangeSet['status'] {
  const after = statusAfterEdit(document.status, countAfter);
  return after.state === document.status.state ? null : [document.status, after];
}
