import type { Split } from '../schema/dataset-version';
import type { ImageGroup } from './image-groups';

interface Wanted {
  readonly split: Split;
  /** Images that this split still wants; falls below 0 when it got more than its share. */
  images: number;
  /** Annotations that it still wants, by class index. */
  readonly labels: Map<number, number>;
}

/**
 * Greedy iterative stratification (Sechidis, Tsoumakas, Vlahavas 2011) over groups: the rarest label is dealt first, each of
 * its groups to the split that wants it most. Large groups go first, since they are the hardest to place; among equal
 * ones the hash decides, so that nothing depends on names or on the order of the input.
 * O(groups × labels of a group + labels²).
 * @param hashOf position of a group in the dealing order, in [0, 1).
 */
export function stratifyGroups(
  groups: readonly ImageGroup[],
  shares: ReadonlyMap<Split, number>,
  hashOf: (group: ImageGroup) => number,
): (group: ImageGroup) => Split {
  const ordered = groups
    .map((group) => ({ group, hash: hashOf(group) }))
    .sort(
      (a, b) =>
        b.group.imageIds.length - a.group.imageIds.length ||
        a.hash - b.hash ||
        (a.group.key < b.group.key ? -1 : 1),
    )
    .map(({ group }) => group);
  const wanted = wantedBySplit(ordered, shares);
  const splits = new Map<ImageGroup, Split>();
  const deal = (group: ImageGroup, label: number | null): void => {
    const taker = neediest(wanted, label);
    taker.images -= group.imageIds.length;
    for (const [each, count] of group.labelCounts) {
      taker.labels.set(each, (taker.labels.get(each) ?? 0) - count);
    }
    splits.set(group, taker.split);
  };

  const groupsByLabel = new Map<number, ImageGroup[]>();
  for (const group of ordered) {
    for (const label of group.labelCounts.keys()) {
      const list = groupsByLabel.get(label);
      if (list === undefined) groupsByLabel.set(label, [group]);
      else list.push(group);
    }
  }
  const left = new Map([...groupsByLabel].map(([label, list]) => [label, list.length]));
  while (left.size > 0) {
    const rarest = rarestLabel(left);
    left.delete(rarest);
    for (const group of groupsByLabel.get(rarest) ?? []) {
      if (splits.has(group)) continue;
      deal(group, rarest);
      for (const label of group.labelCounts.keys()) {
        const count = left.get(label);
        if (count !== undefined) left.set(label, count - 1);
      }
    }
  }
  for (const group of ordered) if (!splits.has(group)) deal(group, null);
  return (group) => splits.get(group) ?? 'train';
}

function wantedBySplit(groups: readonly ImageGroup[], shares: ReadonlyMap<Split, number>): Wanted[] {
  let images = 0;
  const labels = new Map<number, number>();
  for (const group of groups) {
    images += group.imageIds.length;
    for (const [label, count] of group.labelCounts) labels.set(label, (labels.get(label) ?? 0) + count);
  }
  return [...shares].map(([split, share]) => ({
    split,
    images: images * share,
    labels: new Map([...labels].map(([label, count]) => [label, count * share])),
  }));
}

/** The split that lacks most of a label, then most images, then the first in order. */
function neediest(wanted: readonly Wanted[], label: number | null): Wanted {
  return wanted.reduce((best, candidate) => {
    const more = label === null ? 0 : (candidate.labels.get(label) ?? 0) - (best.labels.get(label) ?? 0);
    if (more !== 0) return more > 0 ? candidate : best;
    return candidate.images > best.images ? candidate : best;
  });
}

/** The label with the fewest groups left, the smaller class index first among equals. */
function rarestLabel(left: ReadonlyMap<number, number>): number {
  let rarest = -1;
  let fewest = Number.POSITIVE_INFINITY;
  for (const [label, count] of left) {
    if (count < fewest || (count === fewest && label < rarest)) {
      rarest = label;
      fewest = count;
    }
  }
  return rarest;
}
