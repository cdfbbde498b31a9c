import type { AttributeValue } from '../../schema/label-schema';
import type { ComparableObject } from '../matching/comparable-object';
import type { MatchedPair, ObjectMatch } from '../matching/match-objects';
import type { MatchWarningKind } from '../matching/match-warnings';

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
  const cells = new Map<string | null, Map<string | null, { count: number; similarity: number }>>();
  const count = (reference: string | null, candidate: string | null, similarity: number) => {
    let row = cells.get(reference);
    if (row === undefined) {
      row = new Map();
      cells.set(reference, row);
    }
    const cell = row.get(candidate);
    const units = Math.round(similarity / SIMILARITY_UNIT);
    if (cell === undefined) row.set(candidate, { count: 1, similarity: units });
    else {
      cell.count += 1;
      cell.similarity += units;
    }
  };
  for (const { reference, candidate, similarity } of match.pairs) {
    count(reference.labelId, candidate.labelId, similarity);
  }
  for (const { reference, candidate, similarity } of match.mislabelled) {
    count(reference.labelId, candidate.labelId, similarity);
  }
  for (const { labelId } of match.missing) count(labelId, null, 0);
  for (const { labelId } of match.extra) count(null, labelId, 0);
  return {
    cells: [...cells].flatMap(([reference, row]) =>
      [...row].map(([candidate, cell]) => ({ reference, candidate, ...cell })),
    ),
    attributes: attributeCells(match.pairs, attributes),
    warnings: warningCounts(match),
    ignored: match.ignored.length,
  };
}

function attributeCells<T extends ComparableObject>(
  pairs: readonly MatchedPair<T>[],
  compared: ReadonlySet<string> | undefined,
): readonly AttributeCell[] {
  const cells = new Map<string, { cell: Omit<AttributeCell, 'count'>; count: number }>();
  for (const { reference, candidate } of pairs) {
    const ids = new Set([...Object.keys(reference.attributes), ...Object.keys(candidate.attributes)]);
    for (const attributeId of ids) {
      if (compared?.has(attributeId) === false) continue;
      const cell = {
        attributeId,
        reference: reference.attributes[attributeId] ?? null,
        candidate: candidate.attributes[attributeId] ?? null,
      };
      const key = JSON.stringify(cell);
      const known = cells.get(key);
      if (known === undefined) cells.set(key, { cell, count: 1 });
      else known.count += 1;
    }
  }
  return [...cells.values()].map(({ cell, count }) => ({ ...cell, count }));
}

function warningCounts<T>({ warnings }: ObjectMatch<T>): MatchContribution['warnings'] {
  const counts = new Map<MatchWarningKind, number>();
  for (const { kind } of warnings) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => ({ kind, count }));
}
