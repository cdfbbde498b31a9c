import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rotationAbout, scalingAbout, translation } from '../../shared/geometry/affine';
import { imagePoint } from '../../shared/geometry/point';
import { type PolygonShape, SHAPE_TYPES, type Shape } from '../../shared/schema/shapes';
import { behaviourOf } from '../../shared/shapes';
import { shapeDifference } from '../../shared/shapes/shape-difference';
import { shapeArbitraries } from '../harness/shape-arbitrary';

const ARBITRARY = shapeArbitraries({ x: 0, y: 0, width: 640, height: 480 }, 300);
const step = fc.integer({ min: -50, max: 50 });

describe.each([...SHAPE_TYPES])('the difference of two shapes: %s', (type) => {
  const arbitrary = ARBITRARY[type] as fc.Arbitrary<Shape>;

  it('is none from itself, the same both ways, and infinite to other kinds', () =>
    fc.assert(
      fc.property(arbitrary, arbitrary, fc.constantFrom(...SHAPE_TYPES), (a, b, other) => {
        expect(shapeDifference(a, structuredClone(a))).toBe(0);
        expect(shapeDifference(a, b)).toBeCloseTo(shapeDifference(b, a), 9);
        const [stranger] = fc.sample(ARBITRARY[other] as fc.Arbitrary<Shape>, { numRuns: 1, seed: 1 });
        if (stranger !== undefined && other !== type)
          expect(shapeDifference(a, stranger)).toBe(Number.POSITIVE_INFINITY);
      }),
    ));

  it('is as far as it was moved along the longer axis, or less when it fits itself nearer', () =>
    fc.assert(
      fc.property(arbitrary, step, step, (shape, dx, dy) => {
        const moved = behaviourOf(shape).transformed(shape, translation(dx, dy));
        const difference = shapeDifference(shape, moved);
        // Ellipses are measured in all directions, not along the axes.
        const most = type === 'ellipse' ? Math.hypot(dx, dy) : Math.max(Math.abs(dx), Math.abs(dy));
        expect(difference).toBeLessThanOrEqual(most + 1e-6);
        if (type === 'box' || type === 'polyline' || type === 'cuboid' || type === 'mask') {
          expect(difference).toBeCloseTo(most, 6);
        }
        if (type === 'ellipse') expect(difference).toBeGreaterThan(most * 0.999 - 1e-6);
      }),
    ));
});

it('a ring may begin anywhere and run either way', () =>
  fc.assert(
    fc.property(
      fc.uniqueArray(
        fc.record({ x: fc.integer({ min: 0, max: 600 }), y: fc.integer({ min: 0, max: 400 }) }),
        {
          minLength: 3,
          maxLength: 20,
          selector: ({ x, y }) => `${x} ${y}`,
        },
      ),
      fc.nat({ max: 19 }),
      fc.boolean(),
      (ring, start, isReversed) => {
        const at = start % ring.length;
        const turned = [...ring.slice(at), ...ring.slice(0, at)];
        if (isReversed) turned.reverse();
        const of = (exterior: typeof ring): PolygonShape => ({
          type: 'polygon',
          parts: [{ exterior, holes: [] }],
        });
        expect(shapeDifference(of(ring), of(turned))).toBe(0);
      },
    ),
  ));

it('a turned box is the same by each of its four sides', () => {
  const one = { type: 'rotated-box', cx: 50, cy: 60, width: 30, height: 10, rotation: 20 } as const;
  for (const other of [
    { ...one, rotation: -160 },
    { ...one, width: 10, height: 30, rotation: 110 },
    { ...one, width: 10, height: 30, rotation: -70 },
  ])
    expect(shapeDifference(one, other)).toBeCloseTo(0, 9);
  expect(shapeDifference(one, { ...one, width: 32 })).toBeGreaterThan(0.9);
});

it('a joint that is seen and one that is hidden are not the same, though in one place', () => {
  const joint = { name: 'nose', x: 5, y: 5, visibility: 2 } as const;
  const of = (
    joints: readonly (typeof joint | { name: string; x: number; y: number; visibility: 0 | 1 | 2 })[],
  ) => ({ type: 'skeleton', joints, edges: [] }) as const;
  expect(shapeDifference(of([joint]), of([{ ...joint, visibility: 1 }]))).toBe(Number.POSITIVE_INFINITY);
  // Where a joint lies that is not labelled means nothing.
  const unlabelled = { ...joint, visibility: 0 } as const;
  expect(shapeDifference(of([unlabelled]), of([{ ...unlabelled, x: 90 }]))).toBe(0);
});

describe('a turned box', () => {
  it('follows every move, turn, mirror and even scale to the last digits', () =>
    fc.assert(
      fc.property(
        ARBITRARY['rotated-box'],
        fc.double({ min: -179, max: 180, noNaN: true }),
        fc.double({ min: 0.2, max: 4, noNaN: true }),
        fc.boolean(),
        step,
        step,
        (shape, degrees, scale, isMirrored, x, y) => {
          const about = imagePoint(x, y);
          const { transformed, outline, distanceToOutline } = behaviourOf(shape);
          const turn = rotationAbout(about, degrees);
          const resize = scalingAbout(about, isMirrored ? -scale : scale, scale);
          const after = transformed(transformed(shape, turn), resize);
          for (const { points } of outline(shape)) {
            for (const point of points) {
              const turned = imagePoint(
                turn.a * point.x + turn.c * point.y + turn.e,
                turn.b * point.x + turn.d * point.y + turn.f,
              );
              const at = imagePoint(resize.a * turned.x + resize.e, resize.d * turned.y + resize.f);
              expect(distanceToOutline(after, at)).toBeLessThan(1e-6);
            }
          }
          expect(after.width * after.height).toBeCloseTo(shape.width * shape.height * scale * scale, 4);
        },
      ),
    ));

  it('keeps its angle and its other side when it is stretched along one of its own', () => {
    const upright = { type: 'rotated-box', cx: 10, cy: 20, width: 30, height: 40, rotation: 90 } as const;
    // Turned by a quarter, its height lies across.
    expect(behaviourOf(upright).transformed(upright, scalingAbout(imagePoint(0, 0), 3, 1))).toEqual({
      ...upright,
      cx: 30,
      width: 30,
      height: 120,
    });
  });

  it('is moved into the picture whole, and refused when it is larger than it', () => {
    const shape = { type: 'rotated-box', cx: 2, cy: 95, width: 20, height: 10, rotation: 90 } as const;
    const fitted = behaviourOf(shape).fitted(shape, { width: 100, height: 100 });
    // Standing upright it is 10 px wide and 20 px high.
    expect(fitted).toEqual({ ok: true, value: { ...shape, cx: 5, cy: 90 } });
    expect(behaviourOf(shape).fitted(shape, { width: 100, height: 19 }).ok).toBe(false);
  });
});

it('a ring may repeat its first vertex as its last', () => {
  const ring = [
    { x: 1, y: 2 },
    { x: 11, y: 2 },
    { x: 11, y: 22 },
  ];
  const of = (exterior: typeof ring): PolygonShape => ({ type: 'polygon', parts: [{ exterior, holes: [] }] });
  const closed = [...ring, { x: 1, y: 2 }];
  expect(shapeDifference(of(ring), of(closed))).toBe(0);
  expect(shapeDifference(of(closed), of([...ring.slice(1), ...ring.slice(0, 1)]))).toBe(0);
  expect(shapeDifference(of(ring), of([...ring, { x: 1, y: 2.5 }]))).toBe(Number.POSITIVE_INFINITY);
});
