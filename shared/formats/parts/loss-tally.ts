import type { DatasetProblem } from '../format';

/** Enough to see what kind of thing happened without a report that is larger than the dataset. */
const MAX_SAMPLES_BY_CODE = 20;

/** Counts what a writer dropped, clipped or rounded: every occurrence counts, the first of each code are kept. */
export interface LossTally {
  add(code: string, path: string, message: string): void;
  report(): {
    readonly losses: readonly DatasetProblem[];
    readonly lossCountByCode: Readonly<Record<string, number>>;
  };
}

/** @param onLoss hears each loss, also those of which no sample is kept. */
export function createLossTally(onLoss?: (loss: DatasetProblem) => void): LossTally {
  const counts = new Map<string, number>();
  const losses: DatasetProblem[] = [];
  return {
    add(code, path, message) {
      const count = (counts.get(code) ?? 0) + 1;
      counts.set(code, count);
      if (count > MAX_SAMPLES_BY_CODE && onLoss === undefined) return;
      const loss: DatasetProblem = { severity: 'warning', code, message, path, line: null };
      if (count <= MAX_SAMPLES_BY_CODE) losses.push(loss);
      onLoss?.(loss);
    },
    report: () => ({ losses, lossCountByCode: Object.fromEntries(counts) }),
  };
}
