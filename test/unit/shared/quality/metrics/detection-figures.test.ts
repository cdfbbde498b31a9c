import { describe, expect, it } from 'vitest';
import { matchObjects } from '../../../../../shared/quality/matching/match-objects';
import { figuresByAttribute } from '../../../../../shared/quality/metrics/attribute-figures';
import { confusionMatrix } from '../../../../../shared/quality/metrics/confusion-matrix';
import { figuresByLabel, overallFigures } from '../../../../../shared/quality/metrics/detection-figures';
import { createGroupedTallies } from '../../../../../shared/quality/metrics/grouped-tallies';
import { contributionOf } from '../../../../../shared/quality/metrics/match-contribution';
import { createMatchTally } from '../../../../../shared/quality/metrics/match-tally';
import { boxAt } from '../../../../harness/annotations';
import { object } from '../../../../harness/comparable-objects';

/** Objects side by side: `label` at the n-th place, shifted by `off` px of 10. */
const set = (prefix: string, items: readonly (readonly [place: number, label: string, off?: number])[]) =>
  items.map(([place, label, off = 0], index) =>
    object(`${prefix}${index}`, label, boxAt(place * 50 + off, 0, 10, 10)),
  );

/** Two cars found (one 1 px off: IoU 9/11), one car called bus, one car missed; one bus found, one bus made up. */
const REFERENCE = set('a', [
  [0, 'car'],
  [1, 'car'],
  [2, 'car'],
  [3, 'car'],
  [4, 'bus'],
]);
const CANDIDATE = set('x', [
  [0, 'car'],
  [1, 'car', 1],
  [2, 'bus'],
  [4, 'bus'],
  [5, 'bus'],
]);
const contribution = contributionOf(matchObjects(REFERENCE, CANDIDATE));

describe('figures of matched objects', () => {
  it('over all labels', () => {
    const figures = overallFigures(contribution.cells);
    expect(figures).toMatchObject({
      valid: 3,
      referenceCount: 5,
      candidateCount: 5,
      missing: 1,
      extra: 1,
      mislabelled: 1,
    });
    expect(figures.precision).toBeCloseTo(3 / 5, 12);
    expect(figures.recall).toBeCloseTo(3 / 5, 12);
    expect(figures.f1).toBeCloseTo(3 / 5, 12);
    // 3 valid, 1 mislabelled, 1 missing, 1 extra.
    expect(figures.accuracy).toBeCloseTo(3 / 6, 12);
    expect(figures.meanSimilarity).toBeCloseTo((1 + 9 / 11 + 1) / 3, 7);
  });

  it('of each label', () => {
    const [bus, car] = figuresByLabel(contribution.cells);
    expect(bus).toMatchObject({
      labelId: 'bus',
      valid: 1,
      referenceCount: 1,
      candidateCount: 3,
      mislabelled: 0,
    });
    expect(bus?.precision).toBeCloseTo(1 / 3, 12);
    expect(bus?.recall).toBe(1);
    expect(bus?.f1).toBeCloseTo(2 / 4, 12);
    expect(bus?.accuracy).toBeCloseTo(1 / 3, 12);
    expect(car).toMatchObject({
      labelId: 'car',
      valid: 2,
      referenceCount: 4,
      candidateCount: 2,
      mislabelled: 1,
    });
    expect(car?.precision).toBe(1);
    expect(car?.recall).toBe(0.5);
    expect(car?.accuracy).toBe(0.5);
  });

  it('as a confusion matrix with nothing last', () => {
    expect(confusionMatrix(contribution.cells)).toEqual({
      values: ['bus', 'car', null],
      counts: [
        [1, 0, 0],
        [1, 2, 1],
        [1, 0, 0],
      ],
    });
  });

  it('say nothing where there is nothing', () => {
    expect(overallFigures([])).toMatchObject({ precision: null, recall: null, f1: null, accuracy: null });
    expect(figuresByLabel([])).toEqual([]);
    const { cells } = contributionOf(matchObjects(REFERENCE, []));
    expect(overallFigures(cells)).toMatchObject({ precision: null, recall: 0, f1: 0, accuracy: 0 });
  });

  it('of attributes, with the values that were taken for each other', () => {
    const with_ = (prefix: string, values: readonly (string | number | undefined)[]) =>
      values.map((value, index) =>
        object(`${prefix}${index}`, 'car', boxAt(index * 50, 0, 10, 10), {
          attributes: value === undefined ? {} : { colour: value },
        }),
      );
    const match = matchObjects(
      with_('a', ['red', 'red', 'blue', undefined, undefined]),
      with_('x', ['red', 'blue', 'blue', 'red', undefined]),
    );
    const [colour, ...others] = figuresByAttribute(contributionOf(match).attributes);
    expect(others).toEqual([]);
    expect(colour).toEqual({
      attributeId: 'colour',
      compared: 4,
      equal: 2,
      accuracy: 0.5,
      confusion: {
        values: ['blue', 'red', null],
        counts: [
          [1, 0, 0],
          [1, 1, 0],
          [0, 1, 0],
        ],
      },
    });
    expect(contributionOf(match, new Set()).attributes).toEqual([]);
    expect(contributionOf(match).warnings).toEqual([{ kind: 'attributesDiffer', count: 2 }]);
  });
});

describe('tallies', () => {
  it('sum pictures and take them out again', () => {
    const tally = createMatchTally();
    tally.add(contribution);
    tally.add(contribution);
    expect(tally.totals().images).toBe(2);
    expect(overallFigures(tally.totals().cells).valid).toBe(6);
    expect(tally.totals().warnings.lowOverlap).toBe(0);
    tally.subtract(contribution);
    tally.subtract(contribution);
    expect(tally.totals()).toEqual(createMatchTally().totals());
  });

  it('are kept by person or day', () => {
    const tallies = createGroupedTallies();
    tallies.add(['ann', 'monday'], contribution);
    tallies.add(['bob', 'monday'], contribution);
    expect(tallies.groups()).toEqual(['ann', 'bob', 'monday']);
    expect(tallies.totalsOf('monday').images).toBe(2);
    tallies.subtract(['bob', 'monday'], contribution);
    expect(tallies.groups()).toEqual(['ann', 'monday']);
    expect(tallies.totalsOf('monday')).toEqual(tallies.totalsOf('ann'));
    expect(tallies.totalsOf('bob').images).toBe(0);
  });
});
