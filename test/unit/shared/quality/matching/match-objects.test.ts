import { describe, expect, it } from 'vitest';
import type { ComparableObject } from '../../../../../shared/quality/matching/comparable-object';
import { matchObjects, type ObjectMatch } from '../../../../../shared/quality/matching/match-objects';
import type { Shape } from '../../../../../shared/schema/shapes';
import { boxAt } from '../../../../harness/annotations';
import { object } from '../../../../harness/comparable-objects';

const ids = ({ pairs, mislabelled, missing, extra, ignored }: ObjectMatch<ComparableObject>) => ({
  pairs: pairs.map(({ reference, candidate }) => `${reference.id}-${candidate.id}`),
  mislabelled: mislabelled.map(({ reference, candidate }) => `${reference.id}-${candidate.id}`),
  missing: missing.map(({ id }) => id),
  extra: extra.map(({ id }) => id),
  ignored: ignored.map(({ id }) => id),
});

const warned = ({ warnings }: ObjectMatch<ComparableObject>) =>
  warnings.map(({ kind, reference, candidate, attributes }) =>
    [kind, reference?.id ?? '', candidate.id, ...attributes].join(' '),
  );

const square = (x: number, y: number, side = 10) => boxAt(x, y, side, side);

const polyline = (...points: readonly (readonly [number, number])[]): Shape => ({
  type: 'polyline',
  points: points.map(([x, y]) => ({ x, y })),
});

const outlined = (x: number, y: number, side: number): Shape => ({
  type: 'polygon',
  parts: [
    {
      exterior: [
        { x, y },
        { x: x + side, y },
        { x: x + side, y: y + side },
        { x, y: y + side },
      ],
      holes: [],
    },
  ],
});

describe('matchObjects', () => {
  it('tells found, mislabelled, missing and extra objects', () => {
    const match = matchObjects(
      [
        object('a', 'car', square(0, 0)),
        object('b', 'car', square(100, 0)),
        object('c', 'car', square(200, 0)),
      ],
      [
        object('x', 'car', square(1, 0)),
        object('y', 'truck', square(100, 1)),
        object('z', 'car', square(300, 0)),
      ],
    );
    expect(ids(match)).toEqual({
      pairs: ['a-x'],
      mislabelled: ['b-y'],
      missing: ['c'],
      extra: ['z'],
      ignored: [],
    });
    // 9 · 10 of 200 − 90.
    expect(match.pairs[0]?.similarity).toBeCloseTo(90 / 110, 12);
  });

  it('pairs for the largest total, where taking the best first would lose a pair', () => {
    // a-x 0.82, a-y 0.67, b-x 0.54; x overlaps both, y only a: a-y and b-x are worth more together.
    const match = matchObjects(
      [object('a', 'car', square(0, 0)), object('b', 'car', square(4, 0))],
      [object('x', 'car', square(1, 0)), object('y', 'car', square(-2, 0))],
    );
    expect(ids(match).pairs).toEqual(['a-y', 'b-x']);
  });

  it('prefers the same label to a better fit', () => {
    const match = matchObjects(
      [object('a', 'car', square(0, 0)), object('b', 'bus', square(3, 0))],
      [object('x', 'car', square(2, 0))],
    );
    expect(ids(match)).toMatchObject({ pairs: ['a-x'], missing: ['b'] });
  });

  it('takes objects below the least overlap for different ones', () => {
    const sets = [[object('a', 'car', square(0, 0))], [object('x', 'car', square(5, 0))]] as const;
    // IoU 1/3.
    expect(ids(matchObjects(...sets))).toMatchObject({ pairs: [], missing: ['a'], extra: ['x'] });
    expect(ids(matchObjects(...sets, { minOverlap: 0.3 })).pairs).toEqual(['a-x']);
  });

  it('matches tags by their label alone', () => {
    const tag: Shape = { type: 'tag' };
    const match = matchObjects(
      [object('a', 'night', tag), object('b', 'rain', tag)],
      [object('x', 'rain', tag), object('y', 'snow', tag)],
    );
    expect(ids(match)).toMatchObject({ pairs: ['b-x'], mislabelled: [], missing: ['a'], extra: ['y'] });
  });

  it('takes an outline for a box, but no line for an area', () => {
    expect(
      ids(matchObjects([object('a', 'car', square(0, 0))], [object('x', 'car', outlined(0, 0, 10))])).pairs,
    ).toEqual(['a-x']);
    const match = matchObjects(
      [object('a', 'car', square(0, 0))],
      [object('x', 'car', polyline([0, 0], [10, 10]))],
    );
    expect(ids(match)).toMatchObject({ pairs: [], missing: ['a'], extra: ['x'] });
  });

  it('leaves what lies in a crowd of its label out of account', () => {
    const crowd = object('c', 'person', square(0, 0, 100), { isCrowd: true });
    const match = matchObjects(
      [crowd],
      [
        object('x', 'person', square(5, 5)),
        object('y', 'dog', square(5, 5)),
        object('z', 'person', square(95, 95)),
      ],
    );
    // z lies in it by a quarter.
    expect(ids(match)).toEqual({
      pairs: [],
      mislabelled: [],
      missing: [],
      extra: ['y', 'z'],
      ignored: ['x'],
    });
    expect(ids(matchObjects([crowd], [])).missing).toEqual(['c']);
    const other = object('d', 'person', square(2, 0, 100), { isCrowd: true });
    expect(ids(matchObjects([crowd], [other])).pairs).toEqual(['c-d']);
  });

  it('of duplicates pairs the one with the same attributes', () => {
    const match = matchObjects(
      [object('a', 'car', square(0, 0), { attributes: { parked: true } })],
      [
        object('x', 'car', square(0, 0), { attributes: { parked: false } }),
        object('y', 'car', square(0, 0), { attributes: { parked: true } }),
      ],
    );
    expect(ids(match)).toMatchObject({ pairs: ['a-y'], extra: ['x'] });
  });

  it('of thousands of objects finds the same as of few', () => {
    const grid = (prefix: string, off: number) =>
      Array.from({ length: 2000 }, (_, index) =>
        object(`${prefix}${index}`, 'car', square((index % 50) * 12 + off, Math.floor(index / 50) * 12)),
      );
    const match = matchObjects(grid('a', 0), grid('x', 1));
    expect(match.pairs).toHaveLength(2000);
    expect(
      match.pairs.every(({ reference, candidate }) => reference.id.slice(1) === candidate.id.slice(1)),
    ).toBe(true);
  });
});

describe('warnings of a match', () => {
  it('tell little overlap and attributes that differ', () => {
    const match = matchObjects(
      [object('a', 'car', square(0, 0), { attributes: { parked: true, doors: 4 } })],
      [object('x', 'car', square(2, 0), { attributes: { parked: false, note: 'new' } })],
    );
    expect(warned(match)).toEqual(['lowOverlap a x', 'attributesDiffer a x doors note parked']);
    const ignoredAttributes = new Set(['note', 'doors', 'parked']);
    const { pairs } = match;
    expect(pairs).toHaveLength(1);
    expect(
      warned(
        matchObjects(
          pairs.map(({ reference }) => reference),
          pairs.map(({ candidate }) => candidate),
          { ignoredAttributes, lowOverlap: 0.5 },
        ),
      ),
    ).toEqual([]);
  });

  it('tell lines that run the wrong way', () => {
    const options = { imageSize: { width: 1000, height: 1000 } };
    const lane = object('a', 'lane', polyline([0, 0], [500, 0]));
    const back = object('x', 'lane', polyline([500, 1], [0, 1]));
    expect(warned(matchObjects([lane], [back], options))).toEqual(['directionReversed a x']);
    expect(warned(matchObjects([lane], [back], { ...options, comparesDirection: false }))).toEqual([]);
  });

  it('tell groups that have less than half of their members in common', () => {
    const set = (prefix: string, groups: readonly (string | undefined)[]) =>
      groups.map((groupId, index) => object(`${prefix}${index}`, 'car', square(index * 50, 0), { groupId }));
    // Whatever the groups are called.
    expect(warned(matchObjects(set('a', ['g', 'g', undefined]), set('x', ['h', 'h', undefined])))).toEqual(
      [],
    );
    // a2 is alone there and in company here; {0, 1} and {0, 1, 2} share two of three.
    expect(warned(matchObjects(set('a', ['g', 'g', undefined]), set('x', ['h', 'h', 'h'])))).toEqual([
      'groupsDiffer a2 x2',
    ]);
    // {0, 1} {2, 3} against {0, 2} {1, 3}: one of three.
    expect(warned(matchObjects(set('a', ['g', 'g', 'k', 'k']), set('x', ['h', 'l', 'h', 'l'])))).toHaveLength(
      4,
    );
    // A group of one is none.
    expect(warned(matchObjects(set('a', ['g']), set('x', [undefined])))).toEqual([]);
  });

  it('tell objects that others cover, and hidden ones', () => {
    const under = object('u', 'car', outlined(10, 10, 10));
    const left = object('l', 'car', outlined(5, 5, 10.2));
    const over = object('o', 'car', outlined(0, 0, 40));
    expect(warned(matchObjects([], [under, over], { findsCovered: true }))).toEqual(['covered  u']);
    expect(warned(matchObjects([], [over, under], { findsCovered: true }))).toEqual([]);
    expect(warned(matchObjects([], [under, left], { findsCovered: true }))).toEqual([]);
    // Two halves cover a whole.
    const half = (x: number): Shape => ({
      type: 'polygon',
      parts: [
        {
          exterior: [
            { x, y: 10 },
            { x: x + 5, y: 10 },
            { x: x + 5, y: 20 },
            { x, y: 20 },
          ],
          holes: [],
        },
      ],
    });
    const halves = [object('h', 'car', half(10)), object('i', 'car', half(15))];
    expect(warned(matchObjects([], [under, ...halves], { findsCovered: true }))).toEqual(['covered  u']);
    expect(warned(matchObjects([], [object('x', 'car', square(0, 0), { isHidden: true })]))).toEqual([
      'hidden  x',
    ]);
  });
});
