import { expect, it } from 'vitest';
import type { PolygonShape, Ring } from '../../../../shared/schema/shapes';
import { polygon } from '../../../../shared/shapes/polygon/polygon';

const square = (x: number, y: number, side: number): Ring => [
  { x, y },
  { x: x + side, y },
  { x: x + side, y: y + side },
  { x, y: y + side },
];
/** 100 px² with a hole of 16 px², and apart from it 4 px². */
const shape: PolygonShape = {
  type: 'polygon',
  parts: [
    { exterior: square(0, 0, 10), holes: [square(3, 3, 4)] },
    { exterior: square(20, 0, 2), holes: [] },
  ],
};

it('has the area of its parts without their holes', () => expect(polygon.area(shape)).toBe(88));

it('contains what lies in a part and in none of its holes', () => {
  expect(polygon.contains(shape, { x: 1, y: 1 })).toBe(true);
  expect(polygon.contains(shape, { x: 5, y: 5 })).toBe(false);
  expect(polygon.contains(shape, { x: 21, y: 1 })).toBe(true);
  expect(polygon.contains(shape, { x: 15, y: 1 })).toBe(false);
});

it('is as far from a place as its nearest edge, those of holes included', () => {
  expect(polygon.distanceToOutline(shape, { x: 5, y: 5 })).toBe(2);
  expect(polygon.distanceToOutline(shape, { x: 15, y: 1 })).toBe(5);
  expect(polygon.distanceToOutline(shape, { x: 1.5, y: 5 })).toBe(1.5);
});

it('counts rings part by part, holes behind their exterior', () =>
  expect(polygon.handles(shape).map(({ id }) => id)).toEqual([
    ...[0, 1, 2, 3].map((n) => `vertex-0-${n}`),
    ...[0, 1, 2, 3].map((n) => `vertex-1-${n}`),
    ...[0, 1, 2, 3].map((n) => `vertex-2-${n}`),
  ]));

it('loses a hole that falls below three vertices, and a part with its holes when its exterior does', () => {
  const refs = (ring: number, ...indexes: number[]) => indexes.map((index) => ({ ring, index }));
  expect(polygon.vertices?.removed(shape, refs(1, 0, 1))).toEqual({
    type: 'polygon',
    parts: [{ exterior: square(0, 0, 10), holes: [] }, shape.parts[1]],
  });
  expect(polygon.vertices?.removed(shape, refs(0, 0, 1))).toEqual({
    type: 'polygon',
    parts: [shape.parts[1]],
  });
  expect(polygon.vertices?.removed(shape, refs(2, 3))).toEqual({
    type: 'polygon',
    parts: [shape.parts[0], { exterior: square(20, 0, 2).slice(0, 3), holes: [] }],
  });
});

it('is clamped to the picture; parts outside of it go', () => {
  const fitted = polygon.fitted(shape, { width: 8, height: 8 });
  expect(fitted).toEqual({
    ok: true,
    value: { type: 'polygon', parts: [{ exterior: square(0, 0, 8), holes: [square(3, 3, 4)] }] },
  });
  expect(
    polygon.fitted(
      { type: 'polygon', parts: [{ exterior: square(-20, 0, 5), holes: [] }] },
      { width: 8, height: 8 },
    ).ok,
  ).toBe(false);
});

it('with a hole and parts says so in words', () =>
  expect(polygon.describe(shape)).toBe('12 points, 2 parts, 1 hole, at 0, 0'));
