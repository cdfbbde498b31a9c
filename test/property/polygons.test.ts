import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskOfRings } from '../../shared/geometry/mask-fill';
import { countSetPixels } from '../../shared/geometry/mask-runs';
import { areaDifference, areaIntersection, areaUnion } from '../../shared/geometry/polygon-boolean';
import { findCrossing } from '../../shared/geometry/polygon-crossing';
import { cutArea, cutLine } from '../../shared/geometry/polygon-cut';
import { type AreaPart, areaOfParts, type Place, ringsOfParts } from '../../shared/geometry/polygon-part';
import { simplifiedLine, simplifiedRing } from '../../shared/geometry/polygon-simplify';
import { isInsideRing } from '../../shared/geometry/ring';
import { distanceToSegment } from '../../shared/geometry/segment';
import { turnedCorners } from '../../shared/geometry/turned-frame';
import { leastTurnedRect, type TurnedRect } from '../../shared/geometry/turned-rect';
import { shapeIoU } from '../../shared/quality/matching/area-overlap';
import type { Shape } from '../../shared/schema/shapes';

/** A ring around a centre that cannot cross itself. */
const starArbitrary = fc
  .record({
    x: fc.double({ min: 30, max: 90, noNaN: true }),
    y: fc.double({ min: 30, max: 90, noNaN: true }),
    radii: fc.array(fc.double({ min: 4, max: 30, noNaN: true }), { minLength: 3, maxLength: 14 }),
  })
  .map(({ x, y, radii }) =>
    radii.map((radius, index) => {
      const angle = (index / radii.length) * 2 * Math.PI;
      return { x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) };
    }),
  );

/** A star, half of the time with a hole of its own form. */
const areaArbitrary: fc.Arbitrary<readonly AreaPart[]> = fc
  .tuple(starArbitrary, fc.boolean())
  .map(([exterior, hasHole]) => {
    const x = exterior.reduce((sum, place) => sum + place.x, 0) / exterior.length;
    const y = exterior.reduce((sum, place) => sum + place.y, 0) / exterior.length;
    const centre = exterior.every((place, index) => {
      const next = exterior[(index + 1) % exterior.length] ?? place;
      return distanceToSegment({ x, y }, place, next) > 2;
    });
    const hole = [
      { x: x - 1, y: y - 1 },
      { x: x + 1, y: y - 0.5 },
      { x, y: y + 1 },
    ];
    return [{ exterior, holes: hasHole && centre && isInsideRing(exterior, { x, y }) ? [hole] : [] }];
  });

const value = <T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

const iouOf = (a: Shape, b: Shape) => shapeIoU(a, b) ?? Number.NaN;

const boxOf = (rect: TurnedRect): Shape => ({ type: 'rotated-box', ...rect });

const isIn = (parts: readonly AreaPart[], place: Place) =>
  parts.some(
    ({ exterior, holes }) =>
      isInsideRing(exterior, place) && !holes.some((hole) => isInsideRing(hole, place)),
  );

const distanceToEdges = (parts: readonly AreaPart[], place: Place) =>
  Math.min(
    ...ringsOfParts(parts).flatMap((ring) =>
      ring.map((from, index) => distanceToSegment(place, from, ring[(index + 1) % ring.length] ?? from)),
    ),
  );

/** A grid of places over the field, in no special position. */
const PLACES = Array.from({ length: 400 }, (_, n) => ({
  x: (n % 20) * 6.13 + 0.417,
  y: Math.floor(n / 20) * 6.07 + 0.733,
}));

describe('two areas', () => {
  it('together have the area of both less what they share', () => {
    fc.assert(
      fc.property(areaArbitrary, areaArbitrary, (a, b) => {
        const together = areaOfParts(value(areaUnion([a, b])));
        const shared = areaOfParts(value(areaIntersection([a, b])));
        const left = areaOfParts(value(areaDifference(a, [b])));
        expect(together).toBeCloseTo(areaOfParts(a) + areaOfParts(b) - shared, 4);
        expect(left).toBeCloseTo(areaOfParts(a) - shared, 4);
        expect(iouOf({ type: 'polygon', parts: a }, { type: 'polygon', parts: b })).toBeCloseTo(
          shared / together,
          6,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('hold the places that logic says', () => {
    fc.assert(
      fc.property(areaArbitrary, areaArbitrary, (a, b) => {
        const together = value(areaUnion([a, b]));
        const shared = value(areaIntersection([a, b]));
        const left = value(areaDifference(a, [b]));
        const places = PLACES.filter((place) => distanceToEdges([...a, ...b], place) >= 1e-6);
        const holds = (isInside: (place: Place) => boolean) => places.map(isInside);
        expect(holds((place) => isIn(together, place))).toEqual(
          holds((place) => isIn(a, place) || isIn(b, place)),
        );
        expect(holds((place) => isIn(shared, place))).toEqual(
          holds((place) => isIn(a, place) && isIn(b, place)),
        );
        expect(holds((place) => isIn(left, place))).toEqual(
          holds((place) => isIn(a, place) && !isIn(b, place)),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('answers broken outlines with a value or a reason, never by throwing', () => {
    const wild = fc.constantFrom(0, 1, 5, 5, 10, Number.NaN, Number.POSITIVE_INFINITY, -1e9);
    const ring = fc.array(fc.record({ x: wild, y: wild }), { maxLength: 7 });
    fc.assert(
      fc.property(ring, ring, (a, b) => {
        const parts = (exterior: readonly Place[]) => [{ exterior, holes: [] }];
        for (const result of [areaUnion([parts(a), parts(b)]), areaDifference(parts(a), [parts(b)])]) {
          if (!result.ok) expect(result.error.code).toBe('edit.invalid-shape');
        }
      }),
    );
  });
});

describe('a cut', () => {
  const line = fc.array(
    fc.record({
      x: fc.double({ min: -10, max: 130, noNaN: true }),
      y: fc.double({ min: -10, max: 130, noNaN: true }),
    }),
    { minLength: 2, maxLength: 6 },
  );

  it('gives pieces that together are the whole and do not overlap', () => {
    fc.assert(
      fc.property(areaArbitrary, line, (area, cut) => {
        const pieces = cutArea(area, cut);
        expect(areaOfParts(pieces)).toBeCloseTo(areaOfParts(area), 4);
        const places = PLACES.filter((place) => distanceToEdges([...area, ...pieces], place) >= 1e-5);
        expect(places.map((place) => pieces.filter((piece) => isIn([piece], place)).length)).toEqual(
          places.map((place) => (isIn(area, place) ? 1 : 0)),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('parts the pixels among the pieces, each to one', () => {
    const field = { x: 0, y: 0, width: 130, height: 130 };
    fc.assert(
      fc.property(areaArbitrary, line, (area, cut) => {
        const count = (parts: readonly AreaPart[]) => {
          const mask = maskOfRings(ringsOfParts(parts), field);
          return mask === null ? 0 : countSetPixels(mask);
        };
        const sum = cutArea(area, cut).reduce((total, piece) => total + count([piece]), 0);
        expect(sum).toBe(count(area));
      }),
      { numRuns: 60 },
    );
  });

  const square = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 10, y: 10 },
    { x: 0, y: 10 },
  ];
  const hole = [
    { x: 4, y: 4 },
    { x: 6, y: 4 },
    { x: 6, y: 6 },
    { x: 4, y: 6 },
  ];
  it.each([
    [
      'straight through',
      [],
      [
        [5, -1],
        [5, 11],
      ],
      [50, 50],
    ],
    [
      'that stops inside',
      [],
      [
        [5, -1],
        [5, 5],
      ],
      [100],
    ],
    [
      'beside it',
      [],
      [
        [12, -1],
        [12, 11],
      ],
      [100],
    ],
    [
      'along its edge',
      [],
      [
        [0, -1],
        [0, 11],
      ],
      [100],
    ],
    [
      'from corner to corner',
      [],
      [
        [0, 0],
        [10, 10],
      ],
      [50, 50],
    ],
    [
      'through a hole',
      [hole],
      [
        [5, -1],
        [5, 11],
      ],
      [48, 48],
    ],
    [
      'as far as a hole',
      [hole],
      [
        [5, -1],
        [5, 5],
      ],
      [96],
    ],
    [
      'around a corner',
      [],
      [
        [5, -1],
        [5, 5],
        [11, 5],
      ],
      [25, 75],
    ],
    [
      'that crosses itself',
      [],
      [
        [2, 2],
        [8, 8],
        [8, 2],
        [2, 8],
      ],
      [9, 91],
    ],
    [
      'that closes inside',
      [],
      [
        [2, 2],
        [8, 2],
        [8, 8],
        [2, 8],
        [2, 2],
      ],
      [36, 64],
    ],
    [
      'around the hole',
      [hole],
      [
        [2, 2],
        [8, 2],
        [8, 8],
        [2, 8],
        [2, 2],
      ],
      [32, 64],
    ],
    [
      'in waves',
      [],
      [
        [-1, 2],
        [11, 2],
        [11, 4],
        [-1, 4],
        [-1, 7],
        [11, 7],
      ],
      [20, 20, 30, 30],
    ],
  ])('%s', (_, holes, cut, areas) => {
    const pieces = cutArea(
      [{ exterior: square, holes }],
      cut.map(([x, y]) => ({ x: x ?? 0, y: y ?? 0 })),
    );
    const found = pieces.map((piece) => areaOfParts([piece])).sort((a, b) => a - b);
    expect(found.length).toBe(areas.length);
    for (const [index, area] of found.entries()) expect(area).toBeCloseTo(areas[index] ?? 0, 6);
  });

  it('parts a line where it is crossed', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: 10 },
    ];
    expect(
      cutLine(points, [
        { x: 4, y: -5 },
        { x: 4, y: 5 },
        { x: 12, y: 5 },
      ]),
    ).toEqual([
      [
        { x: 0, y: 0 },
        { x: 4, y: 0 },
      ],
      [
        { x: 4, y: 0 },
        { x: 10, y: 0 },
        { x: 10, y: 5 },
      ],
      [
        { x: 10, y: 5 },
        { x: 10, y: 10 },
      ],
    ]);
    expect(
      cutLine(points, [
        { x: 0, y: -5 },
        { x: 0, y: 5 },
      ]),
    ).toEqual([points]);
    expect(
      cutLine(points, [
        { x: 10, y: -5 },
        { x: 10, y: -1 },
      ]),
    ).toEqual([points]);
    expect(
      cutLine(points, [
        { x: 5, y: 5 },
        { x: 15, y: -5 },
      ]),
    ).toHaveLength(2);
  });
});

describe('simplifying', () => {
  it('leaves out only vertices that are within the tolerance, and keeps the ends', () => {
    const place = fc.record({
      x: fc.double({ min: 0, max: 100, noNaN: true }),
      y: fc.double({ min: 0, max: 100, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(place, { minLength: 2, maxLength: 40 }),
        fc.double({ min: 0, max: 20, noNaN: true }),
        (points, tolerance) => {
          const simple = simplifiedLine(points, tolerance);
          expect(simple[0]).toEqual(points[0]);
          expect(simple[simple.length - 1]).toEqual(points[points.length - 1]);
          for (const point of points) {
            const away = Math.min(
              ...simple.slice(1).map((to, index) => distanceToSegment(point, simple[index] ?? to, to)),
            );
            expect(away).toBeLessThanOrEqual(tolerance + 1e-9);
          }
        },
      ),
    );
  });

  it('makes no ring cross itself or empty', () => {
    fc.assert(
      fc.property(starArbitrary, fc.double({ min: 0.1, max: 30, noNaN: true }), (ring, tolerance) => {
        const simple = simplifiedRing(ring, tolerance);
        expect(simple.length).toBeGreaterThanOrEqual(3);
        expect(findCrossing([simple])).toBeNull();
        for (const point of ring) {
          expect(distanceToEdges([{ exterior: simple, holes: [] }], point)).toBeLessThanOrEqual(
            tolerance + 1e-9,
          );
        }
      }),
    );
  });
});

describe('a crossing', () => {
  it('is found when trying all pairs of edges finds one, with few and with many edges', () => {
    const small = fc.integer({ min: 0, max: 12 });
    for (const maxLength of [8, 45]) {
      fc.assert(
        fc.property(fc.array(fc.record({ x: small, y: small }), { minLength: 3, maxLength }), (ring) => {
          expect(findCrossing([ring]) !== null).toBe(hasCrossingByTrial(ring));
        }),
        { numRuns: 300 },
      );
    }
  });

  /** Whole coordinates, so that every product is exact. */
  function hasCrossingByTrial(ring: readonly Place[]) {
    const edges = ring
      .map((from, index) => [from, ring[(index + 1) % ring.length] ?? from] as const)
      .filter(([from, to]) => from.x !== to.x || from.y !== to.y);
    const turn = (a: Place, b: Place, c: Place) =>
      Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
    return edges.some(([a, b], index) =>
      edges.slice(index + 1).some(([c, d]) => {
        if (turn(a, b, c) === 0 && turn(a, b, d) === 0) {
          // On one line: they share more than a point when their spans along it do.
          const axis = a.x === b.x ? 'y' : 'x';
          const [s, e] = [Math.min(a[axis], b[axis]), Math.max(a[axis], b[axis])];
          return Math.max(s, Math.min(c[axis], d[axis])) < Math.min(e, Math.max(c[axis], d[axis]));
        }
        return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
      }),
    );
  }

  it('is looked for in 60,000 edges without trying all pairs', () => {
    const ring = Array.from({ length: 60_000 }, (_, index) => {
      const angle = (index / 60_000) * 2 * Math.PI;
      const radius = 5000 + 50 * Math.sin(angle * 999);
      return { x: 6000 + radius * Math.cos(angle), y: 6000 + radius * Math.sin(angle) };
    });
    expect(findCrossing([ring])).toBeNull();
    const twisted = [...ring];
    twisted[30_000] = { x: 20_000, y: 6100 };
    expect(findCrossing([twisted])).not.toBeNull();
  });
});

describe('turned rectangles', () => {
  const rect = fc.record({
    cx: fc.double({ min: 40, max: 80, noNaN: true }),
    cy: fc.double({ min: 40, max: 80, noNaN: true }),
    width: fc.double({ min: 2, max: 50, noNaN: true }),
    height: fc.double({ min: 2, max: 50, noNaN: true }),
    rotation: fc.double({ min: -180, max: 180, noNaN: true }),
  });

  it('overlap as their outlines do', () => {
    fc.assert(
      fc.property(rect, rect, (a, b) => {
        const area = (one: typeof a) => [{ exterior: turnedCorners(one, one.width, one.height), holes: [] }];
        const shared = areaOfParts(value(areaIntersection([area(a), area(b)])));
        const together = areaOfParts(value(areaUnion([area(a), area(b)])));
        expect(iouOf(boxOf(a), boxOf(b))).toBeCloseTo(shared / together, 6);
        expect(iouOf(boxOf(a), boxOf(a))).toBeCloseTo(1, 9);
      }),
      { numRuns: 60 },
    );
  });

  it('the least one holds all points, is no larger than any other turn, and finds a rectangle again', () => {
    fc.assert(
      fc.property(rect, (one) => {
        const least = leastTurnedRect(turnedCorners(one, one.width, one.height));
        expect(least).not.toBeNull();
        if (least === null) return;
        expect(least.width * least.height).toBeCloseTo(one.width * one.height, 4);
        expect(iouOf(boxOf(least), boxOf(one))).toBeGreaterThan(0.999_99);
        expect(Math.abs(least.rotation)).toBeLessThanOrEqual(45 + 1e-9);
      }),
    );
    fc.assert(
      fc.property(starArbitrary, (points) => {
        const least = leastTurnedRect(points);
        if (least === null) return;
        const grown = { ...least, width: least.width + 1e-6, height: least.height + 1e-6 };
        const corners = turnedCorners(grown, grown.width, grown.height);
        for (const point of points) expect(isInsideRing(corners, point)).toBe(true);
        for (let degrees = 0; degrees < 90; degrees += 1) {
          const along = points.map(({ x, y }) => {
            const turn = (degrees * Math.PI) / 180;
            return { u: x * Math.cos(turn) + y * Math.sin(turn), v: y * Math.cos(turn) - x * Math.sin(turn) };
          });
          const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
          const area = spread(along.map(({ u }) => u)) * spread(along.map(({ v }) => v));
          expect(least.width * least.height).toBeLessThanOrEqual(area + 1e-6);
        }
      }),
      { numRuns: 40 },
    );
  });
});
