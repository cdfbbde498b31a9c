import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countCrossings } from '../../shared/geometry/count-crossings';
import { SHAPE_TYPES, Shape } from '../../shared/schema/shapes';
import { behaviourOf } from '../../shared/shapes';
import { repairShape } from '../../shared/shapes/repair';
import { okValue } from '../fixtures/ok-value';
import { shapeArbitraries } from '../harness/shape-arbitrary';

const areaOf = (shape: Shape) => behaviourOf(shape).area(shape);

const SIZE = { width: 640, height: 480 };
const GOOD = shapeArbitraries({ x: 0, y: 0, width: 640, height: 480 }, 300);

const hostileNumber = fc.oneof(
  fc.constantFrom(
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    0,
    -0,
    -5,
    1e300,
    5e-324,
    2 ** 53,
  ),
  fc.integer({ min: -20, max: 700 }),
  fc.double(),
  fc.constantFrom('12', null, undefined, {}),
);
const hostileVertex = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ x: fc.integer({ min: 0, max: 9 }), y: fc.integer({ min: 0, max: 9 }) }),
  },
  { weight: 1, arbitrary: fc.record({ x: hostileNumber, y: hostileNumber }) },
  { weight: 1, arbitrary: fc.constantFrom(null, [], 'x') },
);
/** Few places, so that rings repeat, overlap and cross. */
const hostileRing = fc.oneof(
  fc.array(fc.record({ x: fc.integer({ min: 0, max: 9 }), y: fc.integer({ min: 0, max: 9 }) }), {
    maxLength: 12,
  }),
  fc.array(hostileVertex, { maxLength: 12 }),
  fc.constantFrom(null, 'ring', [[1, 2]]),
);
const hostile = fc.record(
  {
    type: fc.constantFrom(...SHAPE_TYPES, 'circle', undefined),
    x: hostileNumber,
    y: hostileNumber,
    cx: hostileNumber,
    cy: hostileNumber,
    rx: hostileNumber,
    ry: hostileNumber,
    width: hostileNumber,
    height: hostileNumber,
    rotation: hostileNumber,
    rle: fc.oneof(fc.constantFrom('', '01', 'PP'), fc.string()),
    points: hostileRing,
    front: hostileRing,
    back: hostileRing,
    parts: fc.oneof(
      fc.array(fc.record({ exterior: hostileRing, holes: fc.array(hostileRing, { maxLength: 2 }) }), {
        maxLength: 3,
      }),
      fc.constantFrom(null, 7),
    ),
    joints: fc.array(
      fc.record({
        name: fc.string(),
        x: hostileNumber,
        y: hostileNumber,
        visibility: fc.constantFrom(0, 1, 2, 3),
      }),
    ),
    edges: fc.array(fc.array(hostileNumber, { maxLength: 3 })),
  },
  { requiredKeys: ['type'] },
);

describe('shapes from outside', () => {
  it('become good ones or are refused with a reason, whatever they are', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.anything()), (candidate) => {
        const repaired = repairShape(candidate, SIZE);
        if (!repaired.ok) {
          expect(repaired.error.message).toMatch(/^(The shape cannot be used: .+\.|These outlines .+)$/s);
          return;
        }
        const { shape } = repaired.value;
        expect(Shape.safeParse(shape).success).toBe(true);
        const behaviour = behaviourOf(shape);
        if (behaviour.cover === 'area') expect(behaviour.area(shape)).toBeGreaterThan(0);
        if (shape.type !== 'polygon') return;
        for (const { exterior, holes } of shape.parts)
          expect(countCrossings([exterior, ...holes], 0)).toBe(0);
      }),
      { numRuns: 3000 },
    );
  });

  it.each(SHAPE_TYPES.filter((type) => type !== 'polygon'))('a good %s is left as it is', (type) =>
    fc.assert(
      fc.property(GOOD[type] as fc.Arbitrary<Shape>, (shape) => {
        const repaired = repairShape(shape, null);
        // Generated lines may stand still, and generated cuboids be flat.
        if (!repaired.ok || repaired.value.repairs.length > 0) return fc.pre(false);
        expect(repaired.value.shape).toEqual(shape);
      }),
    ),
  );

  it('repaired once, are what they stay', () =>
    fc.assert(
      fc.property(hostile, (candidate) => {
        const once = repairShape(candidate, null);
        if (!once.ok) return;
        const { shape } = once.value;
        const again = okValue(repairShape(shape, null));
        expect(again.shape.type).toBe(shape.type);
        // Where edges meet, a rounded corner may be found to cross by a hair again; nobody could see the difference.
        if (shape.type !== 'polygon') expect(again).toEqual({ shape, repairs: [] });
        else expect(areaOf(again.shape)).toBeCloseTo(areaOf(shape), 6);
      }),
      { numRuns: 2000 },
    ));
});

const polygonOf = (...ring: readonly (readonly [number, number])[]) => ({
  type: 'polygon',
  parts: [{ exterior: ring.map(([x, y]) => ({ x, y })), holes: [] }],
});

describe('what is mended and what is refused', () => {
  it('a hole beside its outline goes, and a part in its own hole is no part', () => {
    const small = polygonOf([2, 2], [4, 2], [4, 4]).parts[0]?.exterior ?? [];
    const large = polygonOf([0, 0], [9, 0], [9, 9], [0, 9]).parts[0]?.exterior ?? [];
    const far = small.map(({ x, y }) => ({ x: x + 50, y }));
    const kept = repairShape({ type: 'polygon', parts: [{ exterior: large, holes: [small, far] }] }, SIZE);
    expect(okValue(kept)).toEqual({
      shape: { type: 'polygon', parts: [{ exterior: large, holes: [small] }] },
      repairs: ['1 hole beside its outline was left out'],
    });
    expect(repairShape({ type: 'polygon', parts: [{ exterior: small, holes: [large] }] }, SIZE).ok).toBe(
      false,
    );
  });

  it('a bow tie becomes its two triangles', () => {
    const { shape, repairs } = okValue(repairShape(polygonOf([0, 0], [10, 10], [10, 0], [0, 10]), SIZE));
    expect(repairs).toEqual(['its outline crossed itself once: what it goes around became 2 parts']);
    expect(shape.type === 'polygon' && shape.parts.length).toBe(2);
    // Two triangles of base 10 and height 5.
    expect(behaviourOf(shape).area(shape)).toBeCloseTo(50, 9);
  });

  it('repeated vertices go, the closing one too', () => {
    const { shape, repairs } = okValue(
      repairShape(polygonOf([0, 0], [0, 0], [10, 0], [10, 10], [0, 0]), SIZE),
    );
    expect(repairs).toEqual(['2 vertices that repeat the one before were left out']);
    expect(shape).toEqual(polygonOf([0, 0], [10, 0], [10, 10]));
  });

  it.each<[string, unknown, RegExp]>([
    [
      'a box with NaN',
      { type: 'box', x: Number.NaN, y: 0, width: 5, height: 5 },
      /its x is NaN, which is no number/,
    ],
    [
      'a box of infinite width',
      { type: 'box', x: 0, y: 0, width: Number.POSITIVE_INFINITY, height: 5 },
      /its width is Infinity/,
    ],
    ['a box without area', { type: 'box', x: 0, y: 0, width: 0, height: 5 }, /it measures 0 × 5 px/],
    ['a polygon of one point', polygonOf([3, 3]), /it has no area/],
    ['a polygon on one line', polygonOf([0, 0], [5, 5], [9, 9]), /it has no area/],
    [
      'a line of one point',
      {
        type: 'polyline',
        points: [
          { x: 1, y: 1 },
          { x: 1, y: 1 },
        ],
      },
      /two different points/,
    ],
    [
      'a polygon outside of the picture',
      polygonOf([700, 0], [710, 0], [710, 10]),
      /wholly outside of its picture of 640 × 480 px/,
    ],
    [
      'a place beyond all pictures',
      { type: 'points', points: [{ x: 2e6, y: 0 }] },
      /points\.0\.x is not right/,
    ],
    [
      'a mask whose runs do not fit',
      { type: 'mask', x: 0, y: 0, width: 3, height: 3, rle: '12' },
      /do not fill its window of 3 × 3 px/,
    ],
  ])('%s is refused', (_, candidate, reason) => {
    const repaired = repairShape(candidate, SIZE);
    expect(repaired.ok ? '' : repaired.error.message).toMatch(reason);
  });

  it('a box with a negative size has its corners swapped', () =>
    expect(okValue(repairShape({ type: 'box', x: 50, y: 60, width: -10, height: -20 }, SIZE)).shape).toEqual({
      type: 'box',
      x: 40,
      y: 40,
      width: 10,
      height: 20,
    }));
});

describe('100,000 vertices', () => {
  const COUNT = 100_000;
  const ring = (place: (n: number) => { x: number; y: number }) => ({
    type: 'polygon',
    parts: [{ exterior: Array.from({ length: COUNT }, (_, n) => place(n)), holes: [] }],
  });

  it('of a smooth outline are thinned, and it is said by how much', () => {
    const circle = ring((n) => {
      const angle = (n / COUNT) * 2 * Math.PI;
      return { x: 320 + 200 * Math.cos(angle), y: 240 + 200 * Math.sin(angle) };
    });
    const { shape, repairs } = okValue(repairShape(circle, SIZE));
    expect(repairs.join()).toMatch(
      /100000 vertices are more than the 60000 .* simplified by at most 0\.25 px to \d+/,
    );
    expect(Math.abs(behaviourOf(shape).area(shape) - Math.PI * 200 ** 2)).toBeLessThan(
      0.25 * 2 * Math.PI * 200,
    );
  });

  it('of a scribble are refused', () => {
    let seed = 1;
    const next = (most: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return (seed / 2_147_483_647) * most;
    };
    const refused = repairShape(
      ring(() => ({ x: next(640), y: next(480) })),
      SIZE,
    );
    expect(refused.ok ? '' : refused.error.message).toMatch(
      /it has 100000 vertices, and an outline may have 60000/,
    );
  });

  it('less than half of it, as a scribble or as a comb of long slanting teeth, end within the time of a test', () => {
    const half = (place: (n: number) => { x: number; y: number }) => ({
      type: 'polygon',
      parts: [{ exterior: Array.from({ length: 50_000 }, (_, n) => place(n)), holes: [] }],
    });
    const scribble = half((n) => ({ x: (n * 7919) % 640, y: (n * 104_729) % 480 }));
    expect(repairShape(scribble, SIZE).ok).toBe(false);
    const comb = half((n) => ({ x: n / 100 + (n % 2) * 400, y: n % 2 === 0 ? 0 : 480 }));
    expect(repairShape(comb, null).ok).toBe(false);
  });
});
