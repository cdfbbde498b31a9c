import { sha256OfText } from '../document/hash';
import { SPLITS, type Split, type SplitRule } from '../schema/dataset-version';
import { groupImages, type ImageGroup, type SplitSubject } from './image-groups';
import { stratifyGroups } from './stratify';

export interface SplitAssignment {
  readonly split: Split;
  /** The group the image was dealt with. */
  readonly groupKey: string;
}

/** Shares in the order of SPLITS; they are used as given by their sum, so 8:1:1 means the same as 0.8:0.1:0.1. */
export function normalisedShares(ratios: SplitRule['ratios']): ReadonlyMap<Split, number> {
  const total = SPLITS.reduce((sum, split) => sum + ratios[split], 0);
  // No shares at all: everything is training data rather than nothing being anything.
  if (total <= 0) return new Map([['train', 1]]);
  return new Map(
    SPLITS.filter((split) => ratios[split] > 0).map((split) => [split, ratios[split] / total] as const),
  );
}

/** A number in [0, 1) that depends on the seed and the group's name alone: the first 52 bits of a SHA-256. */
export function unitHash(seed: string, groupKey: string): number {
  return Number.parseInt(sha256OfText(`${seed}\n${groupKey}`).slice(0, 13), 16) / 2 ** 52;
}

/**
 * Deals images to splits. Always: the same images and rule give the same answer in whatever order the images come, and
 * no group parts (test/property/split.test.ts).
 *
 * Not stratified, each group is dealt by its own hash: adding images never moves the ones that were there, and shares
 * are met only on average (small sets may leave a split empty). With `folder` there is one exception: a new picture that is
 * byte-identical to one in another folder joins the two folders, and then one of them may move.
 *
 * Stratified, groups are dealt so that every label's share is alike in every split; that looks at all groups, so adding
 * images may move others.
 * @returns one assignment for each image id.
 */
export function assignSplits(
  subjects: readonly SplitSubject[],
  rule: SplitRule,
): ReadonlyMap<string, SplitAssignment> {
  const shares = normalisedShares(rule.ratios);
  const groups = groupImages(subjects, rule.groupBy);
  const splitOf = rule.isStratified
    ? stratifyGroups(groups, shares, (group) => unitHash(rule.seed, group.key))
    : (group: ImageGroup) => splitAt(shares, unitHash(rule.seed, group.key));
  const assignments = new Map<string, SplitAssignment>();
  for (const group of groups) {
    const assignment = { split: splitOf(group), groupKey: group.key };
    for (const imageId of group.imageIds) assignments.set(imageId, assignment);
  }
  return assignments;
}

/** The split whose part of [0, 1) holds `position`. The last one takes what rounding leaves over. */
function splitAt(shares: ReadonlyMap<Split, number>, position: number): Split {
  let end = 0;
  let last: Split = 'train';
  for (const [split, share] of shares) {
    end += share;
    last = split;
    if (position < end) return split;
  }
  return last;
}
