import { expect, it } from 'vitest';
import { modifiedZScore, robustSpread } from '../../../../shared/rules/annotations/robust-spread';

it('median and MAD of a sample, by hand', () => {
  // Sorted 2.1 2.3 2.5 2.6 3.2 7.9: median 2.55; distances 0.45 0.25 0.05 0.05 0.65 5.35: median (0.25 + 0.45) / 2.
  const spread = robustSpread(Float64Array.from([7.9, 2.3, 2.6, 2.1, 3.2, 2.5]));
  expect(spread.median).toBeCloseTo(2.55, 10);
  expect(spread.mad).toBeCloseTo(0.35, 10);
  // 0.6745 x 5.35 / 0.35 = 10.31.
  expect(modifiedZScore(7.9, spread, 0)).toBeCloseTo(10.31, 2);
  expect(modifiedZScore(2.1, spread, 0)).toBeCloseTo(-0.867, 3);
});

it('where most are the same, the least MAD stands in', () => {
  const spread = robustSpread(Float64Array.from([1, 1, 1, 1, 5]));
  expect(spread).toEqual({ median: 1, mad: 0 });
  // 0.6745 x 4 / 0.5.
  expect(modifiedZScore(5, spread, 0.5)).toBeCloseTo(5.396, 3);
});
