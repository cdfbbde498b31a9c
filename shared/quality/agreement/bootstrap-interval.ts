import { createRandom } from '../../random/random';

export interface BootstrapOptions {
  /** The same seed gives the same interval. */
  readonly seed?: number | undefined;
  readonly replicates?: number | undefined;
  /** Between 0 and 1. */
  readonly level?: number | undefined;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
  /** E.g. 0.95. */
  readonly level: number;
  /** How many of the replicates had a figure. */
  readonly replicates: number;
}

/** Enough for percentile intervals (Efron and Tibshirani 1993, chapter 19.3). */
const REPLICATES = 1000;
const LEVEL = 0.95;

/**
 * Bootstrap percentile interval of a figure: units are drawn with replacement, as many as there are, and the interval lies
 * between the percentiles of the figures of such samples (Efron 1979, "Bootstrap methods: another look at the jackknife").
 * A unit is what was drawn independently: a picture, or an object. Null when no sample has a figure.
 * Takes `replicates` times what the figure takes.
 */
export function bootstrapInterval<T>(
  units: readonly T[],
  statistic: (sample: readonly T[]) => number | null,
  { seed = 1, replicates = REPLICATES, level = LEVEL }: BootstrapOptions = {},
): Interval | null {
  const [first] = units;
  if (first === undefined) return null;
  const random = createRandom(seed);
  const found: number[] = [];
  const sample: T[] = [...units];
  for (let replicate = 0; replicate < replicates; replicate += 1) {
    for (let index = 0; index < sample.length; index += 1) {
      sample[index] = units[random.whole(0, units.length - 1)] ?? first;
    }
    const figure = statistic(sample);
    if (figure !== null) found.push(figure);
  }
  if (found.length === 0) return null;
  const sorted = Float64Array.from(found).sort();
  const tail = (1 - level) / 2;
  return {
    low: quantile(sorted, tail),
    high: quantile(sorted, 1 - tail),
    level,
    replicates: found.length,
  };
}

/** Between the two values next to it, as R's and numpy's default (Hyndman and Fan 1996, type 7). */
function quantile(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? 0;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (at - Math.floor(at)) * (above - below);
}
