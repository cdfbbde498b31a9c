import { readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyAffine, rotationAbout, scalingAbout, translation } from '../../shared/geometry/affine';
import { imagePoint } from '../../shared/geometry/point';
import { type Rect, rectContains } from '../../shared/geometry/rect';
import { SHAPE_TYPES, Shape } from '../../shared/schema/shapes';
import { behaviourOf, SHAPES } from '../../shared/shapes';
import { vertexOfHandle } from '../../shared/shapes/vertex-handle';
import { shapeArbitraries } from '../harness/shape-arbitrary';

const ARBITRARY = shapeArbitraries({ x: -5000, y: -5000, width: 10_000, height: 10_000 }, 3000);
const SIZE = { width: 1000, height: 800 };
const coordinate = fc.double({ min: -5000, max: 5000, noNaN: true });
/** Masks move by whole px. */
const step = fc.integer({ min: -5000, max: 5000 });

/** Sums and turns of doubles up to 1e4 differ by less than this. */
const HAIR = 1e-7;

const grown = ({ x, y, width, height }: Rect): Rect => ({
  x: x - HAIR,
  y: y - HAIR,
  width: width + 2 * HAIR,
  height: height + 2 * HAIR,
});

const boundsOf = (shape: Shape) => behaviourOf(shape).bounds(shape);

function expectSameBounds(actual: Shape, expected: Shape) {
  for (const side of ['x', 'y', 'width', 'height'] as const)
    expect(boundsOf(actual)[side]).toBeCloseTo(boundsOf(expected)[side], 6);
}

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
  const arbitrary: fc.Arbitrary<Shape> = ARBITRARY[type];
  const hasPlace = SHAPES[type].cover !== 'none';
  const check = (law: (shape: Shape) => void) =>
    fc.assert(
      fc.property(arbitrary, (shape) => {
        law(shape);
      }),
    );

  it('is a valid record', () => check((shape) => expect(Shape.safeParse(shape).success).toBe(true)));

  it('has bounds around every handle', () =>
    check((shape) => {
      const bounds = grown(boundsOf(shape));
      for (const handle of behaviourOf(shape).handles(shape))
        expect(rectContains(bounds, handle.at)).toBe(true);
    }));

  it('has an outline that lies in its bounds and reaches their four sides', () =>
    check((shape) => {
      const bounds = boundsOf(shape);
      const points = behaviourOf(shape)
        .outline(shape)
        .flatMap((ring) => ring.points);
      for (const { x, y } of points) expect(rectContains(grown(bounds), imagePoint(x, y))).toBe(true);
      expect(points.length > 0).toBe(hasPlace);
      if (!hasPlace) return;
      // Round shapes are drawn with lines that may run 0.25 px inside.
      const slack = 0.25 + HAIR;
      expect(Math.min(...points.map(({ x }) => x))).toBeLessThanOrEqual(bounds.x + slack);
      expect(Math.min(...points.map(({ y }) => y))).toBeLessThanOrEqual(bounds.y + slack);
      expect(Math.max(...points.map(({ x }) => x))).toBeGreaterThanOrEqual(bounds.x + bounds.width - slack);
      expect(Math.max(...points.map(({ y }) => y))).toBeGreaterThanOrEqual(bounds.y + bounds.height - slack);
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
      fc.property(arbitrary, step, step, (shape, dx, dy) => {
        const behaviour = behaviourOf(shape);
        const there = behaviour.transformed(shape, translation(dx, dy));
        if (hasPlace) {
          expect(boundsOf(there).x).toBeCloseTo(boundsOf(shape).x + dx, 6);
          expect(boundsOf(there).y).toBeCloseTo(boundsOf(shape).y + dy, 6);
        }
        const back = behaviour.transformed(there, translation(-dx, -dy));
        expectSameBounds(back, shape);
        expect(behaviour.area(back)).toBeCloseTo(behaviour.area(shape), 2);
      }),
    ));

  it('turned four times by a quarter is as it was', () =>
    fc.assert(
      fc.property(arbitrary, step, step, (shape, x, y) => {
        const behaviour = behaviourOf(shape);
        const quarter = rotationAbout(imagePoint(x, y), 90);
        let turned = shape;
        for (let turn = 0; turn < 4; turn += 1) {
          const before = boundsOf(turned);
          turned = behaviour.transformed(turned, quarter);
          const after = boundsOf(turned);
          expect(after.width).toBeCloseTo(before.height, 6);
          expect(after.height).toBeCloseTo(before.width, 6);
        }
        expectSameBounds(turned, shape);
        expect(behaviour.area(turned)).toBeCloseTo(behaviour.area(shape), 2);
      }),
    ));

  it('mirrored twice is as it was', () =>
    fc.assert(
      fc.property(arbitrary, step, step, (shape, x, y) => {
        const behaviour = behaviourOf(shape);
        const mirror = scalingAbout(imagePoint(x, y), -1, 1);
        const back = behaviour.transformed(behaviour.transformed(shape, mirror), mirror);
        expectSameBounds(back, shape);
        expect(Shape.safeParse(back).success).toBe(true);
      }),
    ));

  it('fitted never leaves the picture and stays a shape of its kind', () =>
    check((shape) => {
      const fitted = behaviourOf(shape).fitted(shape, SIZE);
      if (!fitted.ok) {
        expect(fitted.error.message).not.toBe('');
        return;
      }
      expect(fitted.value.type).toBe(type);
      expect(Shape.safeParse(fitted.value).success).toBe(true);
      const { x, y, width, height } = boundsOf(fitted.value);
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(-HAIR);
      expect(x + width).toBeLessThanOrEqual(SIZE.width + HAIR);
      expect(y + height).toBeLessThanOrEqual(SIZE.height + HAIR);
    }));

  it('is never turned inside out by a handle', () =>
    fc.assert(
      fc.property(arbitrary, coordinate, coordinate, fc.nat(), (shape, x, y, pick) => {
        const handles = behaviourOf(shape).handles(shape);
        const handle = handles[pick % Math.max(handles.length, 1)];
        // Windows of masks cost memory by their area.
        const near = type === 'mask' ? 0.01 : 1;
        const moved = behaviourOf(shape).withHandleMoved(
          shape,
          handle?.id ?? '',
          imagePoint((handle?.at.x ?? 0) + x * near, (handle?.at.y ?? 0) + y * near),
        );
        const { width, height } = boundsOf(moved);
        expect(Math.min(width, height)).toBeGreaterThanOrEqual(0);
        expect(moved.type).toBe(type);
      }),
    ));

  it('stays as it is when a handle that it does not have is moved', () =>
    check((shape) =>
      expect(behaviourOf(shape).withHandleMoved(shape, 'no-such-handle', imagePoint(1, 2))).toEqual(shape),
    ));

  it('has no negative area and says in words what it is', () =>
    check((shape) => {
      expect(behaviourOf(shape).area(shape)).toBeGreaterThanOrEqual(0);
      expect(behaviourOf(shape).describe(shape)).not.toBe('');
    }));

  it('has an area exactly when it covers one', () =>
    check((shape) => {
      if (SHAPES[type].cover !== 'area') expect(behaviourOf(shape).area(shape)).toBe(0);
    }));

  it('is infinitely far from everything exactly when it has no place', () =>
    check((shape) =>
      expect(Number.isFinite(behaviourOf(shape).distanceToOutline(shape, imagePoint(3, 4)))).toBe(hasPlace),
    ));
});

describe.each(SHAPE_TYPES.filter((type) => !['mask', 'tag', 'cuboid'].includes(type)))('shape %s', (type) => {
  it('lies on its own outline at every handle', () =>
    fc.assert(
      fc.property(ARBITRARY[type] as fc.Arbitrary<Shape>, (shape) => {
        // Distances to ellipses are approached, not solved.
        for (const { at } of behaviourOf(shape).handles(shape))
          expect(behaviourOf(shape).distanceToOutline(shape, at)).toBeLessThan(
            type === 'ellipse' ? 0.01 : 1e-5,
          );
      }),
    ));
});

it('a cuboid lies on its own outline at every corner', () =>
  fc.assert(
    fc.property(ARBITRARY.cuboid, (shape) => {
      const corners = SHAPES.cuboid.handles(shape).filter(({ id }) => vertexOfHandle(id) !== null);
      expect(corners).toHaveLength(8);
      for (const { at } of corners) expect(SHAPES.cuboid.distanceToOutline(shape, at)).toBeLessThan(1e-5);
    }),
  ));

describe.each(['box', 'rotated-box', 'ellipse'] as const)('shape %s', (type) => {
  it('contains its middle', () =>
    fc.assert(
      fc.property(ARBITRARY[type] as fc.Arbitrary<Shape>, (shape) => {
        const { x, y, width, height } = boundsOf(shape);
        expect(behaviourOf(shape).contains(shape, imagePoint(x + width / 2, y + height / 2))).toBe(true);
      }),
    ));

  it('has a handle where it was let go along its own axis, and the opposite side stays', () =>
    fc.assert(
      fc.property(
        ARBITRARY[type] as fc.Arbitrary<Shape>,
        fc.double({ min: 0, max: 100, noNaN: true }),
        (shape, by) => {
          const behaviour = behaviourOf(shape);
          const place = (of: Shape, id: string) => {
            const handle = behaviour.handles(of).find((each) => each.id === id);
            if (handle === undefined) throw new Error(`${type} has no handle ${id}`);
            return handle.at;
          };
          const east = place(shape, 'east');
          const west = place(shape, 'west');
          const length = Math.hypot(east.x - west.x, east.y - west.y);
          const to = imagePoint(
            east.x + ((east.x - west.x) / length) * by,
            east.y + ((east.y - west.y) / length) * by,
          );
          const moved = behaviour.withHandleMoved(shape, 'east', to);
          expect(place(moved, 'east').x).toBeCloseTo(to.x, 6);
          expect(place(moved, 'east').y).toBeCloseTo(to.y, 6);
          expect(place(moved, 'west').x).toBeCloseTo(west.x, 6);
          expect(place(moved, 'west').y).toBeCloseTo(west.y, 6);
        },
      ),
    ));
});

describe.each(['polygon', 'polyline', 'points', 'skeleton', 'ellipse', 'cuboid'] as const)(
  'shape %s',
  (type) => {
    it('follows every affine map: its outline goes where its points go', () =>
      fc.assert(
        fc.property(
          ARBITRARY[type] as fc.Arbitrary<Shape>,
          fc.double({ min: 0.1, max: 4, noNaN: true }),
          fc.double({ min: -179, max: 180, noNaN: true }),
          coordinate,
          coordinate,
          (shape, scale, degrees, x, y) => {
            const behaviour = behaviourOf(shape);
            const turn = rotationAbout(imagePoint(x, y), degrees);
            const stretch = scalingAbout(imagePoint(x, y), scale, 1);
            const moved = behaviour.transformed(behaviour.transformed(shape, turn), stretch);
            for (const { points } of behaviour.outline(shape)) {
              for (const point of points) {
                const turned = applyAffine(turn, point.x, point.y);
                const at = applyAffine(stretch, turned.x, turned.y);
                expect(behaviour.distanceToOutline(moved, at)).toBeLessThan(0.05);
              }
            }
          },
        ),
        { numRuns: 60 },
      ));
  },
);

describe.each(SHAPE_TYPES.filter((type) => SHAPES[type].vertices !== undefined))(
  'shape %s, vertex by vertex',
  (type) => {
    /** A shape, one of its vertices, and a place. */
    const arbitrary = fc
      .tuple(ARBITRARY[type] as fc.Arbitrary<Shape>, fc.nat(), coordinate, coordinate)
      .map(([shape, pick, x, y]) => {
        const behaviour = behaviourOf(shape);
        if (behaviour.vertices === undefined) throw new Error('the list holds shapes with vertices');
        const refs = behaviour
          .outline(shape)
          .flatMap(({ points }, ring) => points.map((_, index) => ({ ring, index })));
        const vertex = refs[pick % refs.length];
        if (vertex === undefined) throw new Error('every shape has a vertex');
        return { shape, behaviour, vertices: behaviour.vertices, refs, vertex, at: imagePoint(x, y) };
      });
    const count = (shape: Shape | null) =>
      shape === null
        ? 0
        : behaviourOf(shape)
            .outline(shape)
            .reduce((sum, { points }) => sum + points.length, 0);

    it('names its handles after the vertices of its outline', () =>
      fc.assert(
        fc.property(arbitrary, ({ shape, behaviour, refs }) => {
          const handles = behaviour.handles(shape);
          expect(handles.map(({ id }) => vertexOfHandle(id))).toEqual(refs);
          const rings = behaviour.outline(shape);
          handles.forEach(({ at }, n) => {
            const ref = refs[n];
            expect(at).toEqual(rings[ref?.ring ?? -1]?.points[ref?.index ?? -1]);
          });
        }),
      ));

    it('takes an inserted vertex away again', () =>
      fc.assert(
        fc.property(arbitrary, ({ shape, behaviour, vertices, vertex, at }) => {
          const longer = vertices.inserted(shape, vertex, at);
          expect(count(longer)).toBe(count(shape) + 1);
          // Points that nothing joins are rings of their own, so the new one is the next ring.
          const added =
            type === 'points'
              ? { ring: vertex.ring + 1, index: 0 }
              : { ring: vertex.ring, index: vertex.index + 1 };
          expect(behaviour.outline(longer)[added.ring]?.points[added.index]).toEqual(at);
          expect(vertices.removed(longer, [added])).toEqual(shape);
        }),
      ));

    it('moves only the vertices that are named, and by as much', () =>
      fc.assert(
        fc.property(arbitrary, ({ shape, behaviour, vertices, vertex, at }) => {
          const moved = vertices.moved(shape, [vertex], at.x, at.y);
          const before = behaviour.outline(shape);
          behaviour.outline(moved).forEach(({ points }, ring) => {
            points.forEach((point, index) => {
              const old = before[ring]?.points[index];
              const isNamed = ring === vertex.ring && index === vertex.index;
              expect(point.x + 0).toBe((old?.x ?? Number.NaN) + (isNamed ? at.x : 0) + 0);
              expect(point.y + 0).toBe((old?.y ?? Number.NaN) + (isNamed ? at.y : 0) + 0);
            });
          });
        }),
      ));

    it('is nothing without its vertices, and valid without some of them', () =>
      fc.assert(
        fc.property(arbitrary, ({ shape, vertices, refs, vertex }) => {
          expect(vertices.removed(shape, refs)).toBeNull();
          const shorter = vertices.removed(shape, [vertex]);
          expect(count(shorter)).toBeLessThan(count(shape));
          if (shorter !== null) expect(Shape.safeParse(shorter).success).toBe(true);
        }),
      ));

    it('does not change what it is given', () =>
      fc.assert(
        fc.property(arbitrary, ({ shape, behaviour, vertices, vertex, at }) => {
          const before = structuredClone(shape);
          vertices.inserted(shape, vertex, at);
          vertices.moved(shape, [vertex], 3, 4);
          vertices.removed(shape, [vertex]);
          behaviour.withHandleMoved(shape, `vertex-${vertex.ring}-${vertex.index}`, at);
          expect(shape).toEqual(before);
        }),
      ));
  },
);
