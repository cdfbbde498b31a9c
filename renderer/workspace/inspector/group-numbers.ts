import type { Annotation } from '../../../shared/schema/annotation';

/** A short number for each group of a picture, in the order in which a list meets them. */
export function groupNumbers(annotations: readonly Annotation[]): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const { groupId } of annotations) {
    if (groupId !== undefined && !numbers.has(groupId)) numbers.set(groupId, numbers.size + 1);
  }
  return numbers;
}
