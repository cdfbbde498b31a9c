/** How far two values are apart: any two alike, by their order, by their difference, or by their ratio. */
export type MeasurementLevel = 'nominal' | 'ordinal' | 'interval' | 'ratio';

export interface Alpha {
  /** 1 for full agreement, 0 for that of chance; null where there is nothing to compare, or only one value. */
  readonly alpha: number | null;
  /** Mean disagreement within units. */
  readonly observed: number;
  /** Mean disagreement of all values with each other. */
  readonly expected: number;
  /** Units with two values or more; others say nothing of agreement. */
  readonly units: number;
  /** Values in them. */
  readonly values: number;
}

/**
 * Krippendorff's alpha of any number of annotators, with values missing where they are: α = 1 − Dₒ / Dₑ, with
 * Dₒ = 1/n Σᵤ 1/(mᵤ − 1) Σ δ²(c, k) over the ordered pairs of values of a unit, and Dₑ = 1/(n(n − 1)) Σ δ²(c, k) over
 * those of all values (Krippendorff 2011, "Computing Krippendorff's alpha-reliability"). δ² is 1 for values that differ
 * (nominal); (Σ n_g − (n_c + n_k)/2)² over the values g from c to k (ordinal); (c − k)² (interval);
 * ((c − k) / (c + k))² (ratio).
 * @param units by unit the values that it was given, whoever gave them. Numbers unless nominal.
 * O(values + units · different values² of a unit + different values²).
 */
export function krippendorffAlpha<V extends string | number | boolean>(
  units: readonly (readonly V[])[],
  level: MeasurementLevel = 'nominal',
): Alpha {
  const paired = units.filter((unit) => unit.length >= 2);
  const totals = new Map<V, number>();
  let n = 0;
  for (const unit of paired) {
    n += unit.length;
    for (const value of unit) totals.set(value, (totals.get(value) ?? 0) + 1);
  }
  const difference = differenceOf(level, totals);
  let observed = 0;
  for (const unit of paired) {
    let sum = 0;
    for (let i = 1; i < unit.length; i += 1) {
      const one = unit[i];
      for (let j = 0; j < i; j += 1) {
        const other = unit[j];
        if (one !== undefined && other !== undefined && one !== other) sum += difference(one, other);
      }
    }
    observed += (2 * sum) / (unit.length - 1);
  }
  let expected = 0;
  const values = [...totals];
  values.forEach(([one, count], index) => {
    for (const [other, ofOther] of values.slice(0, index)) {
      expected += 2 * count * ofOther * difference(one, other);
    }
  });
  if (n === 0) return { alpha: null, observed: 0, expected: 0, units: 0, values: 0 };
  observed /= n;
  expected /= n * (n - 1);
  return {
    alpha: expected === 0 ? null : 1 - observed / expected,
    observed,
    expected,
    units: paired.length,
    values: n,
  };
}

function differenceOf<V extends string | number | boolean>(
  level: MeasurementLevel,
  totals: ReadonlyMap<V, number>,
): (one: V, other: V) => number {
  switch (level) {
    case 'nominal':
      return () => 1;
    case 'interval':
      return (one, other) => (Number(one) - Number(other)) ** 2;
    case 'ratio':
      return (one, other) => {
        const sum = Number(one) + Number(other);
        return sum === 0 ? 0 : ((Number(one) - Number(other)) / sum) ** 2;
      };
    case 'ordinal': {
      // How many values lie up to the middle of each.
      const upTo = new Map<V, number>();
      let below = 0;
      for (const [value, count] of [...totals].sort(([a], [b]) => Number(a) - Number(b))) {
        upTo.set(value, below + count / 2);
        below += count;
      }
      return (one, other) => ((upTo.get(one) ?? 0) - (upTo.get(other) ?? 0)) ** 2;
    }
  }
}
