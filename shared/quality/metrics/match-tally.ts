import { MATCH_WARNINGS, type MatchWarningKind } from '../matching/match-warnings';
import type { AttributeCell, ConfusionCell, MatchContribution } from './match-contribution';

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
  const cells = new Map<string, { cell: ConfusionCell; count: number; similarity: number }>();
  const attributes = new Map<string, { cell: AttributeCell; count: number }>();
  const warnings = new Map<MatchWarningKind, number>();
  let images = 0;
  let ignored = 0;
  const apply = (contribution: MatchContribution, sign: 1 | -1) => {
    images += sign;
    ignored += sign * contribution.ignored;
    for (const cell of contribution.cells) {
      const key = `${name(cell.reference)} ${name(cell.candidate)}`;
      const known = cells.get(key) ?? { cell, count: 0, similarity: 0 };
      known.count += sign * cell.count;
      known.similarity += sign * cell.similarity;
      if (known.count === 0) cells.delete(key);
      else cells.set(key, known);
    }
    for (const cell of contribution.attributes) {
      const key = JSON.stringify([cell.attributeId, cell.reference, cell.candidate]);
      const known = attributes.get(key) ?? { cell, count: 0 };
      known.count += sign * cell.count;
      if (known.count === 0) attributes.delete(key);
      else attributes.set(key, known);
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
      cells: inOrder(cells).map(({ cell, count, similarity }) => ({ ...cell, count, similarity })),
      attributes: inOrder(attributes).map(({ cell, count }) => ({ ...cell, count })),
      warnings: Object.fromEntries(MATCH_WARNINGS.map((kind) => [kind, warnings.get(kind) ?? 0])) as Record<
        MatchWarningKind,
        number
      >,
    }),
  };
}

/** Labels are ids without blanks; what is no object comes last. */
function name(labelId: string | null): string {
  return labelId ?? '~';
}

function inOrder<T>(entries: ReadonlyMap<string, T>): readonly T[] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}
