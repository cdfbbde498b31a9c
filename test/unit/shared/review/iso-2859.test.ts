import { describe, expect, it } from 'vitest';
import { codeLetter, singlePlan } from '../../../../shared/review/sampling/iso-2859';

describe('code letters of table 1', () => {
  it.each([
    [8, 'II', 'A'],
    [9, 'II', 'B'],
    [150, 'II', 'F'],
    [500, 'II', 'H'],
    [501, 'II', 'J'],
    [1000, 'II', 'J'],
    [2000, 'II', 'K'],
    [10_000, 'I', 'J'],
    [3200, 'III', 'L'],
    [600_000, 'III', 'R'],
    [600_000, 'S-3', 'H'],
    [90, 'S-1', 'B'],
  ] as const)('a lot of %d at level %s has %s', (lotSize, level, letter) => {
    expect(codeLetter(lotSize, level)).toBe(letter);
  });
});

// Rows of the printed tables. Montgomery, Introduction to Statistical Quality Control, works the lot of 2,000 at 0.65 %.
describe('single sampling plans of tables 2-A and 2-B', () => {
  it.each([
    // lot, level, severity, AQL -> sample, Ac
    [2000, 'II', 'normal', 0.65, 125, 2],
    [2000, 'II', 'tightened', 0.65, 125, 1],
    [1000, 'II', 'normal', 1, 80, 2],
    [1000, 'II', 'normal', 2.5, 80, 5],
    [1000, 'II', 'normal', 4, 80, 7],
    [1000, 'II', 'normal', 15, 80, 21],
    [10_000, 'II', 'normal', 1, 200, 5],
    [10_000, 'II', 'tightened', 1, 200, 3],
    [10_000, 'II', 'tightened', 2.5, 200, 8],
    [500, 'II', 'normal', 1.5, 50, 2],
    // Arrows: H at 0.4 leads up to G (32, 0), H at 0.65 down to J (80, 1), J at 25 up to H (50, 21).
    [500, 'II', 'normal', 0.4, 32, 0],
    [500, 'II', 'normal', 0.65, 80, 1],
    [1000, 'II', 'normal', 25, 50, 21],
    // The corner below the diagonal: F at 0.1 leads down to K (125, 0), more than the lot has.
    [100, 'II', 'normal', 0.1, 100, 0],
    // Small samples may have many nonconformities: E at 250 has 44.
    [60, 'II', 'normal', 250, 13, 44],
    [8, 'II', 'normal', 650, 2, 21],
  ] as const)('%d items, level %s, %s, AQL %d: %d and %d', (lot, level, severity, aql, size, accept) => {
    const plan = singlePlan(lot, level, severity, aql);
    expect(plan.ok && plan.value).toMatchObject({ sampleSize: size, acceptanceNumber: accept });
  });

  it('refuses limits that the standard has not', () => {
    const plan = singlePlan(100, 'II', 'normal', 3);
    expect(!plan.ok && plan.error.code).toBe('usage.bad-arguments');
  });
});
