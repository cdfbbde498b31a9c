import type { ChangeSet } from '../../document/change-set';
import type { ImageDocument } from '../../document/image-document';
import type { AnnotationId } from '../../schema/ids';

/**
 * The order pair that a removal needs so that taking it back puts each object where it was. Null when the removed are
 * the topmost ones, which appending restores by itself: a picture's ids are not written without need.
 */
export function orderOfRemoval(
  document: ImageDocument,
  removed: ReadonlySet<AnnotationId>,
): ChangeSet['order'] {
  const before = [...document.annotations.keys()];
  const after = before.filter((id) => !removed.has(id));
  const isTail = after.every((id, index) => before[index] === id);
  return isTail ? null : [before, after];
}
