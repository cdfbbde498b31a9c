import { describe, expect, it } from 'vitest';
import { bootstrapInterval } from '../../../../../shared/quality/agreement/bootstrap-interval';
import { cohenKappa, KAPPA_WEIGHTS } from '../../../../../shared/quality/agreement/cohen-kappa';
import { fleissKappa } from '../../../../../shared/quality/agreement/fleiss-kappa';
import { krippendorffAlpha } from '../../../../../shared/quality/agreement/krippendorff-alpha';

describe('cohenKappa', () => {
  // Wikipedia, "Cohen's kappa", simple example: 50 grant proposals read by two people, and same percentages, different
  // numbers.
  it.each([
    [[20, 5], [10, 15], 0.7, 0.5, 0.4],
    [[45, 15], [25, 15], 0.6, 0.54, 0.1304],
    [[25, 35], [5, 35], 0.6, 0.46, 0.2593],
  ])('of %j, %j', (first, second, observed, expected, kappa) => {
    const found = cohenKappa([first, second]);
    expect(found.observed).toBeCloseTo(observed, 12);
    expect(found.expected).toBeCloseTo(expected, 12);
    expect(found.kappa).toBeCloseTo(kappa, 4);
  });

  // Cohen 1968, "Weighted kappa": 200 cases as proportions and the weights of disagreement; he reports
  // κ = .492 and κ_w = .348 (also in the documentation of `cohen.kappa` of R's psych).
  const cohen1968 = [
    [0.44, 0.07, 0.09],
    [0.05, 0.2, 0.05],
    [0.01, 0.03, 0.06],
  ].map((row) => row.map((share) => share * 200));

  it('without and with weights, as in Cohen 1968', () => {
    const weights = [
      [0, 1, 3],
      [1, 0, 6],
      [3, 6, 0],
    ];
    expect(cohenKappa(cohen1968).kappa).toBeCloseTo(0.492, 3);
    expect(cohenKappa(cohen1968, (row, column) => weights[row]?.[column] ?? 0).kappa).toBeCloseTo(0.348, 3);
    expect(cohenKappa(cohen1968).cases).toBeCloseTo(200, 9);
  });

  it('with linear and quadratic weights', () => {
    // By hand: observed .07 + .05 + .05 + .03 + 2(.09 + .01) = .40 and .60 with squares;
    // expected .18 + .15 + .06 + .03 + 2(.12 + .05) = .76, and .42 + 4 · .17 = 1.10.
    expect(cohenKappa(cohen1968, KAPPA_WEIGHTS.linear).kappa).toBeCloseTo(1 - 0.4 / 0.76, 9);
    expect(cohenKappa(cohen1968, KAPPA_WEIGHTS.quadratic).kappa).toBeCloseTo(1 - 0.6 / 1.1, 9);
  });

  it('is not defined without cases, or where both always say the same one thing', () => {
    expect(cohenKappa([]).kappa).toBeNull();
    expect(
      cohenKappa([
        [12, 0],
        [0, 0],
      ]).kappa,
    ).toBeNull();
  });
});

describe('fleissKappa', () => {
  it('of fourteen raters and ten subjects (Wikipedia, "Fleiss\' kappa", worked example: 0.210)', () => {
    const counts = [
      [0, 0, 0, 0, 14],
      [0, 2, 6, 4, 2],
      [0, 0, 3, 5, 6],
      [0, 3, 9, 2, 0],
      [2, 2, 8, 1, 1],
      [7, 7, 0, 0, 0],
      [3, 2, 6, 3, 0],
      [2, 5, 3, 2, 2],
      [6, 5, 2, 1, 0],
      [0, 2, 2, 3, 7],
    ];
    expect(fleissKappa(counts)).toBeCloseTo(0.21, 3);
    // P̄ = 0.378 and P̄ₑ = 0.213 there.
    expect(fleissKappa(counts)).toBeCloseTo((0.378 - 0.213) / (1 - 0.213), 2);
  });

  it('is not defined for unequal numbers of answers', () => {
    expect(
      fleissKappa([
        [1, 1],
        [3, 0],
      ]),
    ).toBeNull();
    expect(
      fleissKappa([
        [1, 0],
        [0, 1],
      ]),
    ).toBeNull();
    expect(
      fleissKappa([
        [2, 0],
        [2, 0],
      ]),
    ).toBeNull();
    expect(fleissKappa([])).toBeNull();
  });
});

/** Columns of a table of observers by units; a point is a missing value. */
function unitsOf(...observers: readonly string[]): readonly (readonly number[])[] {
  const rows = observers.map((row) => row.split(' '));
  return (rows[0] ?? []).map((_, unit) =>
    rows.flatMap((row) => (row[unit] === undefined || row[unit] === '.' ? [] : [Number(row[unit])])),
  );
}

describe('krippendorffAlpha', () => {
  // Krippendorff 2011, "Computing Krippendorff's alpha-reliability", example C: four observers, twelve units.
  const units = unitsOf(
    '1 2 3 3 2 1 4 1 2 . . .',
    '1 2 3 3 2 2 4 1 2 5 . 3',
    '. 3 3 3 2 3 4 2 2 5 1 .',
    '1 2 3 3 2 4 4 1 2 5 1 .',
  );

  it.each([
    ['nominal', 0.743],
    ['ordinal', 0.815],
    ['interval', 0.849],
    ['ratio', 0.797],
  ] as const)('of four observers with missing values, %s: %d', (level, alpha) => {
    const found = krippendorffAlpha(units, level);
    expect(found.alpha).toBeCloseTo(alpha, 3);
    // The last unit has one value alone, so that 40 of 41 count.
    expect(found).toMatchObject({ units: 11, values: 40 });
  });

  // Krippendorff 2011, example A (two observers, binary): 0.095; B (two observers, nominal): 0.692.
  it('of two observers', () => {
    expect(krippendorffAlpha(unitsOf('0 1 0 0 0 0 0 0 1 0', '1 1 1 0 0 1 0 0 0 0')).alpha).toBeCloseTo(
      0.095,
      3,
    );
    const letters = (row: string) => row.replace(/[a-e]/g, (letter) => String(letter.charCodeAt(0)));
    expect(
      krippendorffAlpha(unitsOf(letters('a a b b d c c c e d d a'), letters('b a b b b c c c e d d d')))
        .alpha,
    ).toBeCloseTo(0.692, 3);
  });

  // Wikipedia, "Krippendorff's alpha", a computational example: three coders, fifteen units.
  it('of three coders, most values missing', () => {
    const few = unitsOf(
      '. . . . . 3 4 1 2 1 1 3 3 . 3',
      '1 . 2 1 3 3 4 3 . . . . . . .',
      '. . 2 1 3 4 4 . 2 1 1 3 3 . 4',
    );
    expect(krippendorffAlpha(few).alpha).toBeCloseTo(0.691, 3);
    expect(krippendorffAlpha(few, 'interval').alpha).toBeCloseTo(0.811, 3);
  });

  it('is not defined where nothing can be compared', () => {
    expect(krippendorffAlpha([['a'], ['b']]).alpha).toBeNull();
    expect(
      krippendorffAlpha([
        ['a', 'a'],
        ['a', 'a'],
      ]).alpha,
    ).toBeNull();
    expect(krippendorffAlpha([]).alpha).toBeNull();
  });
});

describe('bootstrapInterval', () => {
  it('of a share is about that of the normal distribution', () => {
    // 50 of 100: 0.5 ± 1.96 · √(0.25 / 100).
    const cases = Array.from({ length: 100 }, (_, index) => index % 2);
    const mean = (sample: readonly number[]) => sample.reduce((sum, one) => sum + one, 0) / sample.length;
    const interval = bootstrapInterval(cases, mean, { replicates: 4000 });
    expect(Math.abs((interval?.low ?? 0) - 0.402)).toBeLessThan(0.015);
    expect(Math.abs((interval?.high ?? 0) - 0.598)).toBeLessThan(0.015);
    expect(interval).toMatchObject({ level: 0.95, replicates: 4000 });
    expect(bootstrapInterval(cases, mean, { replicates: 4000 })).toEqual(interval);
    const narrow = bootstrapInterval(cases, mean, { replicates: 4000, level: 0.5 });
    // The quartiles: ± 0.674 · 0.05.
    expect(Math.abs((narrow?.high ?? 0) - (narrow?.low ?? 0) - 2 * 0.0337)).toBeLessThan(0.015);
  });

  it('leaves out samples that have no figure, and has none without units', () => {
    expect(bootstrapInterval([], () => 1)).toBeNull();
    expect(bootstrapInterval([1], () => null)).toBeNull();
    expect(bootstrapInterval([3], ([one]) => one ?? null)).toMatchObject({ low: 3, high: 3 });
  });
});
