import { describe, expect, it } from 'vitest';
import { attributeUnits } from '../../../../../shared/quality/agreement/attribute-units';
import { clusterObjects, type Replica } from '../../../../../shared/quality/agreement/cluster-objects';
import { cohenKappa } from '../../../../../shared/quality/agreement/cohen-kappa';
import { krippendorffAlpha } from '../../../../../shared/quality/agreement/krippendorff-alpha';
import { labelTable, labelUnits } from '../../../../../shared/quality/agreement/label-units';
import { objectAlpha } from '../../../../../shared/quality/agreement/object-alpha';
import type { ComparableObject } from '../../../../../shared/quality/matching/comparable-object';
import { boxAt } from '../../../../harness/annotations';
import { object } from '../../../../harness/comparable-objects';

const drawn = (annotator: string, boxes: readonly (readonly [x: number, label: string])[]) => ({
  annotator,
  objects: boxes.map(([x, label], index) => object(`${annotator}${index}`, label, boxAt(x, 0, 10, 10))),
});

const image = (...replicas: readonly Replica<ComparableObject>[]) => ({
  annotators: replicas.map(({ annotator }) => annotator),
  clusters: clusterObjects(replicas),
});

/** Both draw the first car alike; the second is seen by one. */
const HALF = image(
  drawn('ann', [
    [0, 'car'],
    [100, 'car'],
  ]),
  drawn('bob', [[0, 'car']]),
);

describe('objectAlpha', () => {
  it('of a car that both have and one that only one has', () => {
    const found = objectAlpha([HALF]);
    // Disagreement 0 and 1; of the values car, car, car elsewhere and nothing, five of six pairs differ by 1.
    expect(found.observed).toBeCloseTo(1 / 2, 12);
    expect(found.expected).toBeCloseTo(5 / 6, 12);
    expect(found.alpha).toBeCloseTo(0.4, 12);
    expect(found).toMatchObject({ units: 2, values: 4 });
  });

  it('counts how far boxes are apart by their IoU', () => {
    // IoU 8 of 12 in both pictures; 4 values: two pairs at 1/3 within, and between the pictures equal, equal, 1/3, 1/3.
    const one = image(drawn('ann', [[0, 'car']]), drawn('bob', [[2, 'car']]));
    const found = objectAlpha([one, one]);
    expect(found.observed).toBeCloseTo(1 / 3, 12);
    expect(found.expected).toBeCloseTo(4 / 3 / 6, 12);
    expect(found.alpha).toBeCloseTo(1 - 6 / 4, 12);
  });

  it('is 1 where all draw alike, and not defined where all is one', () => {
    const same = image(
      drawn('ann', [
        [0, 'car'],
        [50, 'bus'],
      ]),
      drawn('bob', [
        [0, 'car'],
        [50, 'bus'],
      ]),
    );
    expect(objectAlpha([same]).alpha).toBe(1);
    expect(objectAlpha([same]).interval).toMatchObject({ low: 1, high: 1 });
    expect(objectAlpha([]).alpha).toBeNull();
    expect(objectAlpha([image(drawn('ann', [[0, 'car']]))]).alpha).toBeNull();
  });

  it('drawn from some pairs is near that of all', () => {
    const many = Array.from({ length: 60 }, (_, index) =>
      image(
        drawn('ann', [
          [index % 7, 'car'],
          [60 + (index % 5), 'bus'],
        ]),
        drawn('bob', [
          [(index * 3) % 7, 'car'],
          [60, index % 3 === 0 ? 'car' : 'bus'],
        ]),
      ),
    );
    const all = objectAlpha(many);
    const some = objectAlpha(many, { mostPairs: 5000 });
    expect(Math.abs(some.expected - all.expected)).toBeLessThan(0.02);
    expect(some.expected).not.toBe(all.expected);
  });
});

describe('labels as units', () => {
  it('of every thing that somebody drew, with nothing for those who did not', () => {
    expect(labelUnits([HALF])).toEqual([
      ['car', 'car'],
      ['car', ''],
    ]);
    // Three cars and a nothing: Dₒ = ½, Dₑ = 2 · 3 · 1 / (4 · 3) = ½.
    expect(krippendorffAlpha(labelUnits([HALF])).alpha).toBeCloseTo(0, 12);
  });

  it('as a table of two people', () => {
    const three = image(
      drawn('ann', [
        [0, 'car'],
        [100, 'car'],
      ]),
      drawn('bob', [
        [0, 'bus'],
        [200, 'bus'],
      ]),
      drawn('cid', [[300, 'car']]),
    );
    const { labels, table } = labelTable([HALF, three, image(drawn('ann', [[0, 'car']]))], 'ann', 'bob');
    expect(labels).toEqual(['bus', 'car', '']);
    expect(table).toEqual([
      [0, 0, 0],
      [1, 1, 2],
      [1, 0, 0],
    ]);
    // pₒ = 1/5; pₑ = (0·2 + 4·1 + 1·2) / 25.
    expect(cohenKappa(table).kappa).toBeCloseTo((1 / 5 - 6 / 25) / (1 - 6 / 25), 12);
  });
});

describe('attributes as units', () => {
  it('of what those say who drew the thing', () => {
    const with_ = (annotator: string, colours: readonly (string | undefined)[]) => ({
      annotator,
      objects: colours.map((colour, index) =>
        object(`${annotator}${index}`, 'car', boxAt(index * 50, 0, 10, 10), {
          attributes: colour === undefined ? {} : { colour },
        }),
      ),
    });
    const three = image(
      with_('ann', ['red', 'red', undefined]),
      with_('bob', ['red', 'blue', undefined]),
      with_('cid', ['red', undefined]),
    );
    expect(attributeUnits([three], 'colour')).toEqual([
      ['red', 'red', 'red'],
      ['red', 'blue', ''],
    ]);
    expect(attributeUnits([three], 'doors')).toEqual([]);
  });
});
