import type { ImageId } from '../../../shared/schema/ids';
import type { PersonRef } from '../../../shared/schema/person';
import { personKey } from '../../persistence/review-marks';

/** Images that go to the same people. Undefined: that task stays as it is; null: it is nobody's. */
export interface Share {
  readonly imageIds: readonly ImageId[];
  readonly labeller: PersonRef | null | undefined;
  readonly reviewer: PersonRef | null | undefined;
}

/** Who gets a task: people in turn, nobody, or whoever has it. */
export type Receivers = readonly PersonRef[] | null | undefined;

/**
 * Shares images out evenly: labellers get runs of the list whose lengths differ by one at most, so that pictures that
 * belong together stay together; of the reviewers each image gets the one with the fewest so far who does not label it,
 * if there is another. O(images × reviewers).
 */
export function shareOut(
  imageIds: readonly ImageId[],
  labellers: Receivers,
  reviewers: Receivers,
): readonly Share[] {
  const shares = new Map<string, { imageIds: ImageId[] } & Share>();
  const given = new Map<PersonRef, number>();
  imageIds.forEach((imageId, index) => {
    const labeller = listed(labellers)?.[Math.floor((index * (labellers?.length ?? 0)) / imageIds.length)];
    const reviewer = leastLoaded(listed(reviewers), labeller, given);
    if (reviewer !== undefined) given.set(reviewer, (given.get(reviewer) ?? 0) + 1);
    const share = {
      labeller: labeller ?? (labellers === null ? null : undefined),
      reviewer: reviewer ?? (reviewers === null ? null : undefined),
    };
    const key = `${keyOf(share.labeller)}\n${keyOf(share.reviewer)}`;
    const same = shares.get(key);
    if (same === undefined) shares.set(key, { ...share, imageIds: [imageId] });
    else same.imageIds.push(imageId);
  });
  return [...shares.values()];
}

function listed(receivers: Receivers): readonly PersonRef[] | undefined {
  return receivers === null || receivers?.length === 0 ? undefined : receivers;
}

function leastLoaded(
  reviewers: readonly PersonRef[] | undefined,
  labeller: PersonRef | undefined,
  given: ReadonlyMap<PersonRef, number>,
): PersonRef | undefined {
  const others = reviewers?.filter((one) => labeller === undefined || personKey(one) !== personKey(labeller));
  const from = others !== undefined && others.length > 0 ? others : reviewers;
  return from?.reduce((least, one) => ((given.get(one) ?? 0) < (given.get(least) ?? 0) ? one : least));
}

function keyOf(person: PersonRef | null | undefined): string {
  return person === undefined ? 'as it is' : person === null ? 'nobody' : personKey(person);
}
