import type { Annotation, ImageStatus } from '../schema/annotation';
import type { AnnotationId } from '../schema/ids';
import { canonicalJson } from './canonical-json';
import type { ChangeSet } from './change-set';

/**
 * The annotations that have become different since `change` was made, so that applying it now would overwrite later
 * work: what it removes or updates must still be as it says, what it adds must not be there. Empty when it applies
 * cleanly. O(size of change), given the map.
 */
export function conflictsWithChange(
  annotations: ReadonlyMap<AnnotationId, Annotation>,
  change: ChangeSet,
): readonly AnnotationId[] {
  const conflicts: AnnotationId[] = [];
  const expect = (wanted: Annotation) => {
    const found = annotations.get(wanted.id);
    if (found === undefined || (found !== wanted && canonicalJson(found) !== canonicalJson(wanted))) {
      conflicts.push(wanted.id);
    }
  };
  for (const annotation of change.removed) expect(annotation);
  for (const [before] of change.updated) expect(before);
  for (const annotation of change.added) {
    if (annotations.has(annotation.id)) conflicts.push(annotation.id);
  }
  return conflicts;
}

/** The status part of a change, dropped when the picture's status is no longer the one that it starts from. */
export function statusIfUntouched(status: ImageStatus, change: ChangeSet): ChangeSet['status'] {
  return change.status !== null && canonicalJson(change.status[0]) === canonicalJson(status)
    ? change.status
    : null;
}
