import type { AttributeValue } from '../../schema/label-schema';
import { MATCH_WARNINGS, type MatchWarningKind } from '../matching/match-warnings';
import { compareValues } from './compare-values';
import type { AttributeCell, ConfusionCell, MatchContribution } from './match-contribution';
import { createPairCounts, type PairCount, type PairCounts } from './pair-counts';

/** Sums of contributions of pictures. */
export interface MatchTotals {
  /** How many pictures are in it. */
  readonly images: number;
  /** Ordered by label; a cell that counts nothing is not there. */
  readonly cells: readonly ConfusionCell[];
  /** Ordered by attribute and values. */
  readonly attributes: readonly AttributeCell[];
  readonly warnings: Readonly<Record<MatchWarningKind, number>>;
  /** Objects inside crowds. */
  readonly ignored: number;
}

/** The running sum of what pictures contribute. Adding and subtracting the same leaves exactly what was there. */
export interface MatchTally {
  add(contribution: MatchContribution): void;
  /** Of a picture that was added; O(cells of the picture). */
  subtract(contribution: MatchContribution): void;
  /** How many pictures are in it. */
  images(): number;
  totals(): MatchTotals;
}

export function createMatchTally(): MatchTally {
  const cells = createPairCounts<string | null>();
  const attributes = new Map<string, PairCounts<AttributeValue | null>>();
  const warnings = new Map<MatchWarningKind, number>();
  let images = 0;
  let ignored = 0;
  const apply = (contribution: MatchContribution, sign: 1 | -1) => {
    images += sign;
    ignored += sign * contribution.ignored;
    for (const { reference, candidate, count, similarity } of contribution.cells) {
      cells.add(reference, candidate, sign * count, sign * similarity);
    }
    for (const { attributeId, reference, candidate, count } of contribution.attributes) {
      const counts = attributes.get(attributeId) ?? createPairCounts();
      attributes.set(attributeId, counts);
      counts.add(reference, candidate, sign * count, 0);
      if (counts.isEmpty()) attributes.delete(attributeId);
    }
    for (const { kind, count } of contribution.warnings) {
      warnings.set(kind, (warnings.get(kind) ?? 0) + sign * count);
    }
  };
  return {
    add: (contribution) => apply(contribution, 1),
    subtract: (contribution) => apply(contribution, -1),
    images: () => images,
    totals: () => ({
      images,
      ignored,
      cells: inOrder(cells.entries()).map(({ first, second, count, sum }) => ({
        reference: first,
        candidate: second,
        count,
        similarity: sum,
      })),
      attributes: [...attributes.keys()].sort().flatMap((attributeId) =>
        inOrder(attributes.get(attributeId)?.entries() ?? []).map(({ first, second, count }) => ({
          attributeId,
          reference: first,
          candidate: second,
          count,
        })),
      ),
      warnings: Object.fromEntries(MATCH_WARNINGS.map((kind) => [kind, warnings.get(kind) ?? 0])) as Record<
        MatchWarningKind,
        number
      >,
    }),
  };
}

function inOrder<V extends AttributeValue>(
  entries: readonly PairCount<V | null>[],
): readonly PairCount<V | null>[] {
  return [...entries].sort((a, b) => compareValues(a.first, b.first) || compareValues(a.second, b.second));
}
