import { type ConfusionCell, SIMILARITY_UNIT } from '../../../shared/quality/metrics/match-contribution';
import { NONE } from './compare-sets';

/** More labels than any schema may have, so that a cell of a confusion matrix is one number. */
const MOST_LABELS = 65_536;

/** A confusion matrix to which objects are added and from which they are taken again, exactly. */
export interface CellCounts {
  /** Objects and pairs that are in it. */
  readonly size: number;
  /** How many pairs of the same label are less alike than what was asked for. */
  readonly low: number;
  /** @param truth number of the label in the truth, `NONE` for what is extra; `label` likewise for what is missing. */
  add(truth: number, label: number, similarity: number, sign: 1 | -1, isLow: boolean): void;
  /** @param labelAt what the numbers mean. */
  cells(labelAt: (number: number) => string): readonly ConfusionCell[];
}

export function createCellCounts(): CellCounts {
  const cells = new Map<number, { count: number; similarity: number }>();
  let size = 0;
  let low = 0;
  return {
    get size() {
      return size;
    },
    get low() {
      return low;
    },
    add(truth, label, similarity, sign, isLow) {
      size += sign;
      if (isLow) low += sign;
      const key = (truth + 1) * MOST_LABELS + label + 1;
      const known = cells.get(key);
      const units = sign * Math.round(similarity / SIMILARITY_UNIT);
      if (known === undefined) cells.set(key, { count: sign, similarity: units });
      else {
        known.count += sign;
        known.similarity += units;
      }
    },
    cells(labelAt) {
      const labelOf = (number: number) => (number === NONE ? null : labelAt(number));
      return [...cells]
        .filter(([, { count }]) => count !== 0)
        .map(([key, counts]) => ({
          reference: labelOf(Math.floor(key / MOST_LABELS) - 1),
          candidate: labelOf((key % MOST_LABELS) - 1),
          ...counts,
        }));
    },
  };
}
