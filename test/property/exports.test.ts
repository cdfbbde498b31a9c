import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clampedShape, liesInside } from '../../shared/exports/clamped-shape';
import { inverseOrientation, shapeInStoredFrame, storedSize } from '../../shared/exports/exif-frame';
import { heldShape } from '../../shared/exports/held-shape';
import { roundedShape } from '../../shared/exports/rounded-shape';
import { fidelityTable } from '../../shared/formats/parts/fidelity-table';
import { SHAPE_TYPES, Shape, type ShapeType } from '../../shared/schema/shapes';
import { behaviourOf } from '../../shared/shapes';
import { shapeDifference } from '../../shared/shapes/shape-difference';
import { shapeArbitraries } from '../harness/shape-arbitrary';

const PICTURE = { width: 400, height: 300 };
const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8] as const;
const ALL = fidelityTable({ shapes: Object.fromEntries(SHAPE_TYPES.map((type) => [type, 'exact'])) }).shapes;

/** Reaches out of the picture on all sides. */
const around = shapeArbitraries({ x: -150, y: -150, width: 700, height: 600 }, 300);
const inside = shapeArbitraries({ x: 0, y: 0, width: 380, height: 280 }, 20);

describe.each(ORIENTATIONS)('EXIF orientation %i', (orientation) => {
  it.each(SHAPE_TYPES)('there and back is the same %s', (type) => {
    fc.assert(
      fc.property(around[type] as fc.Arbitrary<Shape>, (shape) => {
        const stored = shapeInStoredFrame(shape, orientation, PICTURE);
        const back = shapeInStoredFrame(
          stored,
          inverseOrientation(orientation),
          storedSize(orientation, PICTURE),
        );
        expect(back.type).toBe(type);
        expect(shapeDifference(shape, back)).toBeLessThan(1e-9);
      }),
    );
  });

  it('keeps what lies in the picture in the stored one', () => {
    fc.assert(
      fc.property(fc.oneof(...Object.values(inside)) as fc.Arbitrary<Shape>, (shape) => {
        fc.pre(liesInside(shape, PICTURE));
        const stored = shapeInStoredFrame(shape, orientation, PICTURE);
        expect(liesInside(stored, storedSize(orientation, PICTURE))).toBe(true);
        const area = behaviourOf(shape).area(shape);
        // Outlines that cross themselves are measured in pieces, whose last bits fall otherwise when they are turned.
        expect(Math.abs(behaviourOf(stored).area(stored) - area)).toBeLessThanOrEqual(1e-5 + 1e-9 * area);
      }),
    );
  });
});

describe.each(SHAPE_TYPES)('a %s that reaches out of its picture', (type) => {
  it('never leaves it once it is cut, and is valid', () => {
    fc.assert(
      fc.property(
        around[type] as fc.Arbitrary<Shape>,
        fc.constantFrom('exact' as const, 'dropped' as const),
        (shape, polygon) => {
          const cut = clampedShape(shape, PICTURE, { ...ALL, polygon });
          if (cut === null) return;
          expect(Shape.safeParse(cut).success).toBe(true);
          expect(liesInside(cut, PICTURE)).toBe(true);
          if (polygon === 'dropped' && type !== 'polygon') expect(cut.type).not.toBe('polygon');
        },
      ),
      { numRuns: 100 },
    );
  });

  it('becomes a kind that is held, whatever is held, or says that it cannot', () => {
    fc.assert(
      fc.property(
        around[type] as fc.Arbitrary<Shape>,
        fc.subarray([...SHAPE_TYPES]),
        fc.boolean(),
        (shape, held, isKnown) => {
          const table = fidelityTable({
            shapes: Object.fromEntries(held.map((one) => [one, 'exact'])),
          }).shapes;
          const made = heldShape(shape, table, isKnown ? PICTURE : null, 'all');
          if (made === null) return;
          expect(held).toContain(made.shape.type);
          expect(Shape.safeParse(made.shape).success).toBe(true);
          if (!isKnown) expect(made.shape.type).not.toBe('mask');
        },
      ),
    );
  });

  it('moves by no more than half a unit when it is rounded, and stays valid', () => {
    fc.assert(
      fc.property(around[type] as fc.Arbitrary<Shape>, fc.constantFrom(0, 1, 2, 3), (shape, decimals) => {
        const rounded = roundedShape(shape, decimals);
        expect(Shape.safeParse(rounded).success).toBe(true);
        // A box's far edge is a sum; a turned one's corner moves by its centre and its sides.
        expect(shapeDifference(shape, rounded)).toBeLessThanOrEqual(1.5 * 10 ** -decimals + 1e-9);
        expect(shapeDifference(rounded, roundedShape(rounded, decimals))).toBeLessThan(1e-9);
      }),
    );
  });
});

/** By hand: which kinds can become a box at all. */
const BOXABLE: readonly ShapeType[] = [
  'rotated-box',
  'polygon',
  'ellipse',
  'mask',
  'cuboid',
  'skeleton',
  'points',
];

describe.each(BOXABLE)('a %s', (type) => {
  it('as a box is the box around it, also outside of the picture', () => {
    const onlyBox = fidelityTable({ shapes: { box: 'exact' } }).shapes;
    fc.assert(
      fc.property(around[type] as fc.Arbitrary<Shape>, (shape) => {
        const bounds = behaviourOf(shape).bounds(shape);
        fc.pre(bounds.width >= 1 && bounds.height >= 1);
        const made = heldShape(shape, onlyBox, PICTURE, 'all');
        expect(made?.shape.type).toBe('box');
        if (made?.shape.type !== 'box') return;
        expect(shapeDifference(made.shape, { type: 'box', ...bounds })).toBeLessThan(1e-9);
      }),
    );
  });
});

/** Areas are put in order by being cut, which only happens to those that reach out. */
const NOT_AREAS = SHAPE_TYPES.filter((type) => !['polygon', 'rotated-box', 'ellipse'].includes(type));

describe.each(NOT_AREAS)('a %s', (type) => {
  it('stays as it is when it lies inside of its picture', () => {
    fc.assert(
      fc.property(inside[type] as fc.Arbitrary<Shape>, (shape) => {
        fc.pre(liesInside(shape, PICTURE));
        const cut = clampedShape(shape, PICTURE, ALL);
        if (cut !== null) expect(shapeDifference(shape, cut)).toBeLessThan(1e-9);
        // What has no length, no face or no joint says nothing any more.
        else expect(['polyline', 'cuboid', 'skeleton']).toContain(type);
      }),
    );
  });
});
