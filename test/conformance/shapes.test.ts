import { readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imagePoint } from '../../shared/geometry/point';
import { rectContains } from '../../shared/geometry/rect';
import { SHAPE_TYPES, Shape, type ShapeType } from '../../shared/schema/shapes';
import { behaviourOf, SHAPES } from '../../shared/shapes';
import type { ShapeTransform } from '../../shared/shapes/shape-behaviour';

const coordinate = fc.double({ min: -5000, max: 5000, noNaN: true });
const extent = fc.double({ min: 1, max: 3000, noNaN: true });
const ARBITRARY: Readonly<Record<ShapeType, fc.Arbitrary<Shape>>> = {
  box: fc.record({
    type: fc.constant('box' as const),
    x: coordinate,
    y: coordinate,
    width: extent,
    height: extent,
  }),
  polyline: fc.record({
    type: fc.constant('polyline' as const),
    points: fc.array(fc.record({ x: coordinate, y: coordinate }), { minLength: 2, maxLength: 20 }),
  }),
};
const SIZE = { width: 1000, height: 800 };

/** Sums of doubles up to 1e4 differ by less than this. */
const HAIR = 1e-9;

it('the registry holds every shape type, and every folder', () => {
  expect(Object.keys(SHAPES).sort()).toEqual([...SHAPE_TYPES].sort());
  const folders = readdirSync(path.resolve(import.meta.dirname, '../../shared/shapes'), {
    withFileTypes: true,
  })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  expect(folders.sort()).toEqual([...SHAPE_TYPES].sort());
  for (const type of SHAPE_TYPES) expect(SHAPES[type].type).toBe(type);
});

describe.each([...SHAPE_TYPES])('shape %s', (type) => {
  const check = (law: (shape: Shape) => void) => fc.assert(fc.property(ARBITRARY[type], law));

  it('has bounds around every handle', () =>
    check((shape) => {
      const { x, y, width, height } = behaviourOf(shape).bounds(shape);
      const grown = { x: x - HAIR, y: y - HAIR, width: width + 2 * HAIR, height: height + 2 * HAIR };
      for (const handle of behaviourOf(shape).handles(shape))
        expect(rectContains(grown, handle.at)).toBe(true);
    }));

  it('has handles of different ids', () =>
    check((shape) => {
      const ids = behaviourOf(shape)
        .handles(shape)
        .map((handle) => handle.id);
      expect(new Set(ids).size).toBe(ids.length);
    }));

  it('moved there and back is where it was', () =>
    fc.assert(
      fc.property(ARBITRARY[type], coordinate, coordinate, (shape, dx, dy) => {
        const by = (translateX: number, translateY: number): ShapeTransform => ({
          scaleX: 1,
          scaleY: 1,
          translateX,
          translateY,
        });
        const there = behaviourOf(shape).transformed(shape, by(dx, dy));
        const back = behaviourOf(shape).bounds(behaviourOf(shape).transformed(there, by(-dx, -dy)));
        const before = behaviourOf(shape).bounds(shape);
        for (const side of ['x', 'y', 'width', 'height'] as const)
          expect(back[side]).toBeCloseTo(before[side], 8);
      }),
    ));

  it('lies on its own outline at every handle', () =>
    check((shape) => {
      for (const { at } of behaviourOf(shape).handles(shape)) {
        expect(behaviourOf(shape).distanceToOutline(shape, at)).toBeLessThan(1e-6);
      }
    }));

  it('fitted never leaves the picture and stays a shape of its kind', () =>
    check((shape) => {
      const fitted = behaviourOf(shape).fitted(shape, SIZE);
      if (!fitted.ok) {
        expect(fitted.error.message).not.toBe('');
        return;
      }
      expect(fitted.value.type).toBe(type);
      expect(Shape.safeParse(fitted.value).success).toBe(true);
      const { x, y, width, height } = behaviourOf(fitted.value).bounds(fitted.value);
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(SIZE.width + HAIR);
      expect(y + height).toBeLessThanOrEqual(SIZE.height + HAIR);
    }));

  it('is never turned inside out by a handle', () =>
    fc.assert(
      fc.property(ARBITRARY[type], coordinate, coordinate, fc.nat(), (shape, x, y, pick) => {
        const handles = behaviourOf(shape).handles(shape);
        const handle = handles[pick % handles.length];
        const moved = behaviourOf(shape).withHandleMoved(shape, handle?.id ?? '', imagePoint(x, y));
        const { width, height } = behaviourOf(moved).bounds(moved);
        expect(Math.min(width, height)).toBeGreaterThanOrEqual(0);
        expect(moved.type).toBe(type);
      }),
    ));

  it('has no negative area and says in words what it is', () =>
    check((shape) => {
      expect(behaviourOf(shape).area(shape)).toBeGreaterThanOrEqual(0);
      expect(behaviourOf(shape).describe(shape)).not.toBe('');
    }));
});

it('a box contains its middle', () =>
  fc.assert(
    fc.property(ARBITRARY.box, (shape) => {
      const { x, y, width, height } = behaviourOf(shape).bounds(shape);
      expect(behaviourOf(shape).contains(shape, imagePoint(x + width / 2, y + height / 2))).toBe(true);
    }),
  ));
