import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  openRing,
  rotatedBoxFromCorners,
  vertexFrom,
  verticesFromLists,
  verticesFromPairs,
} from '../../../../../shared/formats/parts/vertices';

describe('places of untyped lists', () => {
  it.each([
    [[[1, 2]], [{ x: 1, y: 2 }]],
    [[], []],
    [[[1, 2, 3]], null],
    [[[1]], null],
    [[['1', 2]], null],
    [[[Number.NaN, 2]], null],
    [[[1e7, 2]], null],
    [[{ x: 1, y: 2 }], null],
    ['12', null],
  ])('%j is %j', (value, expected) => expect(verticesFromPairs(value)).toEqual(expected));

  it('are refused beyond what a shape may have', () => {
    expect(verticesFromPairs(Array.from({ length: 60_001 }, () => [1, 2]))).toBeNull();
  });

  it('of two lists go together', () => {
    expect(verticesFromLists([1, 3], [2, 4])).toEqual([
      { x: 1, y: 2 },
      { x: 3, y: 4 },
    ]);
    expect(verticesFromLists([1, 3], [2])).toBeNull();
  });

  it('have no negative zero', () => expect(Object.is(vertexFrom(-0, 0)?.x, 0)).toBe(true));

  it('of a ring that repeats its first are opened, a triangle of two places is not', () => {
    const [a, b, c] = [
      { x: 0, y: 0 },
      { x: 1, y: 0 },
      { x: 1, y: 1 },
    ];
    expect(openRing([a, b, c, a])).toEqual([a, b, c]);
    expect(openRing([a, b, a])).toEqual([a, b, a]);
  });
});

describe('four corners of a turned box', () => {
  const places = (...pairs: [number, number][]) => pairs.map(([x, y]) => ({ x, y }));

  it.each([
    ['clockwise', places([0, 0], [4, 0], [4, 2], [0, 2]), [2, 1, 4, 2, 0]],
    ['from another corner', places([4, 0], [4, 2], [0, 2], [0, 0]), [2, 1, 2, 4, 90]],
    ['the other way round', places([0, 2], [4, 2], [4, 0], [0, 0]), [2, 1, 4, 2, 0]],
    ['standing on a corner', places([0, 2], [2, 0], [4, 2], [2, 4]), [2, 2, Math.sqrt(8), Math.sqrt(8), -45]],
  ])('%s', (_, corners, [cx, cy, width, height, rotation]) => {
    const box = rotatedBoxFromCorners(corners);
    for (const [found, expected] of [
      [box?.cx, cx],
      [box?.cy, cy],
      [box?.width, width],
      [box?.height, height],
      [box?.rotation, rotation],
    ]) {
      expect(found).toBeCloseTo(expected ?? Number.NaN, 9);
    }
  });

  it.each([
    ['no rectangle', places([0, 0], [4, 0], [4, 2], [1, 3])],
    ['crossed', places([0, 0], [4, 2], [4, 0], [0, 2])],
    ['all in one place', places([1, 1], [1, 1], [1, 1], [1, 1])],
    ['on one line', places([0, 0], [4, 0], [4, 0], [0, 0])],
    ['three', places([0, 0], [4, 0], [4, 2])],
  ])('%s make none', (_, corners) => expect(rotatedBoxFromCorners(corners)).toBeNull());

  it('give the box that they were made of', () =>
    fc.assert(
      fc.property(
        fc.double({ min: -100, max: 2000, noNaN: true }),
        fc.double({ min: 0.5, max: 500, noNaN: true }),
        fc.double({ min: 0.5, max: 500, noNaN: true }),
        fc.double({ min: -179, max: 179, noNaN: true }),
        (centre, width, height, rotation) => {
          const turn = (rotation * Math.PI) / 180;
          const corner = (x: number, y: number): [number, number] => [
            centre + x * Math.cos(turn) - y * Math.sin(turn),
            centre + x * Math.sin(turn) + y * Math.cos(turn),
          ];
          const [w, h] = [width / 2, height / 2];
          const box = rotatedBoxFromCorners(
            places(corner(-w, -h), corner(w, -h), corner(w, h), corner(-w, h)),
          );
          expect(box?.width).toBeCloseTo(width, 8);
          expect(box?.height).toBeCloseTo(height, 8);
          expect(box?.rotation).toBeCloseTo(rotation, 6);
        },
      ),
    ));
});
