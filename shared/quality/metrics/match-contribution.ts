import type { AttributeValue } from '../../schema/label-schema';
import type { ComparableObject } from '../matching/comparable-object';
import type { MatchedPair, ObjectMatch } from '../matching/match-objects';
import type { MatchWarningKind } from '../matching/match-warnings';
import { createPairCounts, type PairCounts } from './pair-counts';

/** Similarities are summed in whole hundred-millionths: sums of fractions would not come back to what they were. */
export const SIMILARITY_UNIT = 1e-8;

/** Objects of one label in the reference that the candidate set shows with one label; null is no object at all. */
export interface ConfusionCell {
  readonly reference: string | null;
  readonly candidate: string | null;
  readonly count: number;
  /** Sum of the similarities of the pairs, in `SIMILARITY_UNIT`. */
  readonly similarity: number;
}

/** Pairs of one label by what an attribute is in the reference and in the candidate set; null is no value. */
export interface AttributeCell {
  readonly attributeId: string;
  readonly reference: AttributeValue | null;
  readonly candidate: AttributeValue | null;
  readonly count: number;
}

/**
 * What one picture adds to the figures: whole numbers alone, so that it can be taken out again when the picture is edited,
 * and any number of them summed in any order with the same result (exact up to 90 million objects).
 */
export interface MatchContribution {
  readonly cells: readonly ConfusionCell[];
  readonly attributes: readonly AttributeCell[];
  readonly warnings: readonly { readonly kind: MatchWarningKind; readonly count: number }[];
  readonly ignored: number;
}

/** @param attributes Which attributes to compare; absent: all that occur. */
export function contributionOf<T extends ComparableObject>(
  match: ObjectMatch<T>,
  attributes?: ReadonlySet<string>,
): MatchContribution {
  const cells = createPairCounts<string | null>();
  const count = (reference: string | null, candidate: string | null, similarity: number) =>
    cells.add(reference, candidate, 1, Math.round(similarity / SIMILARITY_UNIT));
  for (const { reference, candidate, similarity } of match.pairs) {
    count(reference.labelId, candidate.labelId, similarity);
  }
  for (const { reference, candidate, similarity } of match.mislabelled) {
    count(reference.labelId, candidate.labelId, similarity);
  }
  for (const { labelId } of match.missing) count(labelId, null, 0);
  for (const { labelId } of match.extra) count(null, labelId, 0);
  return {
    cells: cells.entries().map(({ first, second, count: pairs, sum }) => ({
      reference: first,
      candidate: second,
      count: pairs,
      similarity: sum,
    })),
    attributes: attributeCells(match.pairs, attributes),
    warnings: warningCounts(match),
    ignored: match.ignored.length,
  };
}

function attributeCells<T extends ComparableObject>(
  pairs: readonly MatchedPair<T>[],
  compared: ReadonlySet<string> | undefined,
): readonly AttributeCell[] {
  const byAttribute = new Map<string, PairCounts<AttributeValue | null>>();
  const count = (attributeId: string, reference: AttributeValue | null, candidate: AttributeValue | null) => {
    if (compared?.has(attributeId) === false) return;
    let counts = byAttribute.get(attributeId);
    if (counts === undefined) {
      counts = createPairCounts();
      byAttribute.set(attributeId, counts);
    }
    counts.add(reference, candidate, 1, 0);
  };
  for (const { reference, candidate } of pairs) {
    for (const id in reference.attributes) {
      count(id, reference.attributes[id] ?? null, candidate.attributes[id] ?? null);
    }
    for (const id in candidate.attributes) {
      if (!(id in reference.attributes)) count(id, null, candidate.attributes[id] ?? null);
    }
  }
  return [...byAttribute].flatMap(([attributeId, counts]) =>
    counts.entries().map(({ first, second, count: found }) => ({
      attributeId,
      reference: first,
      candidate: second,
      count: found,
    })),
  );
}

function warningCounts<T>({ warnings }: ObjectMatch<T>): MatchContribution['warnings'] {
  const counts = new Map<MatchWarningKind, number>();
  for (const { kind } of warnings) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => ({ kind, count }));
}
