import { crowdIoU, hasArea } from './area-overlap';
import { type CandidatePair, candidatePairs } from './candidate-pairs';
import type { ComparableObject } from './comparable-object';
import { differingAttributes, type MatchWarning, matchWarnings, type WarningOptions } from './match-warnings';
import { maximumAssignment } from './maximum-assignment';
import type { SimilarityOptions } from './similarity';

/** An object of the reference and one of the candidate set that show the same thing. */
export interface MatchedPair<T> {
  readonly reference: T;
  readonly candidate: T;
  /** 0 to 1, see `similarity`. */
  readonly similarity: number;
}

export interface ObjectMatch<T> {
  /** Same label, same place. */
  readonly pairs: readonly MatchedPair<T>[];
  /** Same place, another label. */
  readonly mislabelled: readonly MatchedPair<T>[];
  /** In the reference alone. */
  readonly missing: readonly T[];
  /** In the candidate set alone. */
  readonly extra: readonly T[];
  /** In the candidate set, inside a crowd of the reference with the same label: neither right nor wrong, as in COCO. */
  readonly ignored: readonly T[];
  readonly warnings: readonly MatchWarning<T>[];
}

export interface MatchOptions extends SimilarityOptions, WarningOptions {
  /** Objects that have less in common are different ones. PASCAL VOC's criterion, and CVAT's default. */
  readonly minOverlap?: number | undefined;
}

export const DEFAULT_MIN_OVERLAP = 0.5;

/** Far below any difference of similarity that means something: of equally good pairs, the ones with like attributes. */
const TIE_BREAK = 1e-9;

/**
 * Pairs the objects of a reference (ground truth, another person) with those of a candidate set, one to one, as CVAT
 * does: first those of the same label, then what is left whatever its label, each time so that the total similarity is
 * the largest possible (see `maximumAssignment`). Warnings change no pair. The same sets always give the same match.
 * O(n · m) cheap tests a picture, then the comparison of what overlaps.
 */
export function matchObjects<T extends ComparableObject>(
  reference: readonly T[],
  candidate: readonly T[],
  options: MatchOptions = {},
): ObjectMatch<T> {
  const minOverlap = options.minOverlap ?? DEFAULT_MIN_OVERLAP;
  const candidates = candidatePairs(reference, candidate, minOverlap, options);
  const isRowTaken = new Uint8Array(reference.length);
  const isColumnTaken = new Uint8Array(candidate.length);
  const assigned = (edges: readonly CandidatePair[]) => {
    const found: MatchedPair<T>[] = [];
    for (const { row, column, similarity } of maximumAssignment(
      withTiesBroken(edges, reference, candidate),
    )) {
      const one = reference[row];
      const other = candidate[column];
      if (one === undefined || other === undefined) continue;
      isRowTaken[row] = 1;
      isColumnTaken[column] = 1;
      found.push({ reference: one, candidate: other, similarity });
    }
    return found;
  };
  const pairs = assigned(candidates.filter(({ isSameLabel }) => isSameLabel));
  const mislabelled = assigned(
    candidates.filter(
      ({ row, column, isSameLabel }) => !isSameLabel && isRowTaken[row] === 0 && isColumnTaken[column] === 0,
    ),
  );
  const missing = reference.filter((_, row) => isRowTaken[row] === 0);
  const extra = candidate.filter((_, column) => isColumnTaken[column] === 0);
  const crowds = reference.filter(({ isCrowd }) => isCrowd);
  const left =
    crowds.length === 0 || extra.length === 0
      ? { missing, extra, ignored: [] }
      : withoutCrowds(crowds, missing, extra, minOverlap);
  const match = { pairs, mislabelled, ...left };
  return { ...match, warnings: matchWarnings(match, reference, candidate, options) };
}

/** Only where an object could be paired with several do attributes matter. */
function withTiesBroken<T extends ComparableObject>(
  edges: readonly CandidatePair[],
  reference: readonly T[],
  candidate: readonly T[],
) {
  const isAlone = edges.length < 2;
  return edges.map(({ row, column, weight }) => {
    const one = reference[row];
    const other = candidate[column];
    const isUnlike =
      !isAlone &&
      one !== undefined &&
      other !== undefined &&
      one.attributes !== other.attributes &&
      differingAttributes(one, other).length > 0;
    return { row, column, similarity: weight, weight: isUnlike ? weight - TIE_BREAK : weight };
  });
}

/** A crowd is not missing when what lies in it was told apart, and what lies in it is not too much. */
function withoutCrowds<T extends ComparableObject>(
  crowds: readonly T[],
  missing: readonly T[],
  extra: readonly T[],
  minOverlap: number,
) {
  const answered = new Set<T>();
  const ignored = extra.filter((object) => {
    if (object.isCrowd || !hasArea(object.shape)) return false;
    const crowd = crowds.find(
      ({ labelId, shape }) =>
        labelId === object.labelId && (crowdIoU(shape, object.shape) ?? 0) >= minOverlap,
    );
    if (crowd !== undefined) answered.add(crowd);
    return crowd !== undefined;
  });
  return {
    missing: missing.filter((object) => !answered.has(object)),
    extra: extra.filter((object) => !ignored.includes(object)),
    ignored,
  };
}
