import { createRandom } from '../../random/random';
import type { ComparableObject } from '../matching/comparable-object';
import { type SimilarityOptions, similarity } from '../matching/similarity';
import { type BootstrapOptions, bootstrapInterval, type Interval } from './bootstrap-interval';
import { agreementSum } from './disagreement';
import type { Alpha } from './krippendorff-alpha';
import type { AnnotatedImage } from './label-units';

export interface ObjectAlpha extends Alpha {
  /** Null with fewer than two units. */
  readonly interval: Interval | null;
}

export interface ObjectAlphaOptions extends SimilarityOptions, BootstrapOptions {
  /** Expected disagreement is the mean over this many pairs of values at most, drawn by the seed. */
  readonly mostPairs?: number | undefined;
}

/** The mean of so many values between 0 and 1 has a standard error of 0.0012 at most. */
const MOST_PAIRS = 200_000;

interface Unit {
  readonly values: number;
  /** Mean distance of its values from each other. */
  readonly distance: number;
}

/**
 * Krippendorff's alpha of drawn objects: the units of `labelUnits`, with a distance in place of a difference of labels: 0 between
 * nothing and nothing, 1 between nothing and something or things of different labels, else 1 − similarity, which is the
 * IoU distance for areas (general distances: Braylan, Alonso and Lease 2022, "Measuring annotator agreement generally
 * across complex structured, multi-object, and free-text annotation tasks"). Expected disagreement is that of all values
 * of all pictures with each other, shapes being where they are in image px; it is drawn when there are too many pairs.
 * The interval resamples units and keeps expected disagreement, as Krippendorff's own does (Hayes and Krippendorff 2007,
 * "Answering the call for a standard reliability measure for coding data").
 */
export function objectAlpha<T extends ComparableObject>(
  images: readonly AnnotatedImage<T>[],
  options: ObjectAlphaOptions = {},
): ObjectAlpha {
  const units: Unit[] = [];
  const values: (T | null)[] = [];
  for (const { annotators, clusters } of images) {
    const m = annotators.length;
    if (m < 2) continue;
    for (const { members, similarities } of clusters) {
      const pairs = (m * (m - 1)) / 2;
      const without = m - members.length;
      const alike = agreementSum(members, similarities) + (without * (without - 1)) / 2;
      units.push({ values: m, distance: 1 - alike / pairs });
      for (const { object } of members) values.push(object);
      for (let index = 0; index < without; index += 1) values.push(null);
    }
  }
  const observed = meanDistance(units) ?? 0;
  const expected = expectedDistance(values, options);
  const alphaOf = (sample: readonly Unit[]) => {
    const distance = meanDistance(sample);
    return distance === null || expected === 0 ? null : 1 - distance / expected;
  };
  return {
    alpha: alphaOf(units),
    observed,
    expected,
    units: units.length,
    values: values.length,
    interval: units.length < 2 ? null : bootstrapInterval(units, alphaOf, options),
  };
}

function meanDistance(units: readonly Unit[]): number | null {
  let sum = 0;
  let values = 0;
  for (const unit of units) {
    sum += unit.values * unit.distance;
    values += unit.values;
  }
  return values === 0 ? null : sum / values;
}

function expectedDistance<T extends ComparableObject>(
  values: readonly (T | null)[],
  options: ObjectAlphaOptions,
): number {
  const { mostPairs = MOST_PAIRS, seed = 1 } = options;
  const n = values.length;
  if (n < 2) return 0;
  const both = { ...options, isBothWays: true };
  let sum = 0;
  if ((n * (n - 1)) / 2 <= mostPairs) {
    for (let i = 1; i < n; i += 1) {
      for (let j = 0; j < i; j += 1) sum += distance(values[i] ?? null, values[j] ?? null, both);
    }
    return sum / ((n * (n - 1)) / 2);
  }
  const random = createRandom(seed);
  for (let pair = 0; pair < mostPairs; pair += 1) {
    const i = random.whole(0, n - 1);
    const j = random.whole(0, n - 2);
    sum += distance(values[i] ?? null, values[j < i ? j : j + 1] ?? null, both);
  }
  return sum / mostPairs;
}

function distance<T extends ComparableObject>(a: T | null, b: T | null, options: SimilarityOptions): number {
  if (a === null || b === null) return a === b ? 0 : 1;
  return a.labelId === b.labelId ? 1 - similarity(a.shape, b.shape, options) : 1;
}
