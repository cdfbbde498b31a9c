import type { ComparableObject } from '../matching/comparable-object';
import type { ObjectCluster } from './cluster-objects';

/**
 * How far annotators disagree about one thing, 0 (all drew it alike) to 1: one less the mean, over every two annotators
 * of which at least one drew it, of the similarity of their shapes where both drew it with the same label, and 0 where
 * only one did or the labels differ. 0 for a single annotator. It is the thing's share of the observed disagreement of
 * `objectAlpha` but for those two who both did not see it.
 * @param annotators how many people looked at the picture.
 */
export function disagreement<T extends ComparableObject>(
  { members, similarities }: ObjectCluster<T>,
  annotators: number,
): number {
  const without = annotators - members.length;
  const pairs = (annotators * (annotators - 1) - without * (without - 1)) / 2;
  if (pairs <= 0) return 0;
  return 1 - agreementSum(members, similarities) / pairs;
}

/** Over every two members with one label, how alike their shapes are. */
export function agreementSum<T extends ComparableObject>(
  members: ObjectCluster<T>['members'],
  similarities: ObjectCluster<T>['similarities'],
): number {
  let sum = 0;
  members.forEach(({ object: one }, index) => {
    members.slice(0, index).forEach(({ object: other }, before) => {
      if (one.labelId === other.labelId) sum += similarities[index]?.[before] ?? 0;
    });
  });
  return sum;
}
