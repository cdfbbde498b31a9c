/** Where most of a sample lies, and how far from there what lies off it is. */
export interface RobustSpread {
  readonly median: number;
  /** Median of the distances from the median (MAD). */
  readonly mad: number;
}

/** Median and MAD of a sample; of an even number of values the mean of the middle two. The sample is sorted in place. */
export function robustSpread(sample: Float64Array): RobustSpread {
  const median = medianOfSorted(sample.sort());
  const distances = sample.map((value) => Math.abs(value - median)).sort();
  return { median, mad: medianOfSorted(distances) };
}

/**
 * The modified z-score 0.6745 (x - median) / MAD: Iglewicz and Hoaglin, "How to Detect and Handle Outliers", ASQC Basic
 * References in Quality Control 16, 1993; they call values beyond 3.5 outliers. 0.6745 makes it a z-score for normally
 * distributed values.
 * @param leastMad stands in where most values are the same and MAD would be 0.
 */
export function modifiedZScore(value: number, { median, mad }: RobustSpread, leastMad: number): number {
  return (0.6745 * (value - median)) / Math.max(mad, leastMad);
}

function medianOfSorted(sorted: Float64Array): number {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
