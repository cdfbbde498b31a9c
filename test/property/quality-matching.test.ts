import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partsOfShape } from '../../shared/conversions/area-of-shape';
import { overlapArea } from '../../shared/geometry/overlap-area';
import { type AreaPart, areaOfParts, type Place } from '../../shared/geometry/polygon-part';
import { distanceToSegment } from '../../shared/geometry/segment';
import { shapeIoU } from '../../shared/quality/matching/area-overlap';
import type { ComparableObject } from '../../shared/quality/matching/comparable-object';
import { frechetDistance } from '../../shared/quality/matching/frechet-distance';
import { hausdorffDistance } from '../../shared/quality/matching/hausdorff-distance';
import { matchObjects } from '../../shared/quality/matching/match-objects';
import { similarity } from '../../shared/quality/matching/similarity';
import type { EllipseShape, Shape } from '../../shared/schema/shapes';
import { object } from '../harness/comparable-objects';
import { shapeArbitraries } from '../harness/shape-arbitrary';

const { polyline, points, skeleton, tag, polygon, ...areas } = shapeArbitraries(
  { x: 0, y: 0, width: 40, height: 40 },
  30,
);
const areaArbitrary: fc.Arbitrary<Shape> = fc.oneof(polygon, ...Object.values(areas));
const shapeArbitrary: fc.Arbitrary<Shape> = fc.oneof(areaArbitrary, polyline, points, skeleton, tag);

describe('similarity', () => {
  it('of any two shapes lies between 0 and 1', () => {
    fc.assert(
      fc.property(shapeArbitrary, shapeArbitrary, (a, b) => {
        const alike = similarity(a, b);
        expect(alike).toBeGreaterThanOrEqual(0);
        expect(alike).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });

  it('of areas is the same both ways', () => {
    fc.assert(
      fc.property(areaArbitrary, areaArbitrary, (a, b) => {
        expect(shapeIoU(a, b)).toBeCloseTo(shapeIoU(b, a) ?? Number.NaN, 6);
      }),
      { numRuns: 300 },
    );
  });

  it('of an ellipse is that of a polygon of very many corners', () => {
    const cornered = ({ cx, cy, rx, ry, rotation }: EllipseShape): AreaPart => {
      const turn = (rotation * Math.PI) / 180;
      const exterior = Array.from({ length: 3000 }, (_, index) => {
        const x = rx * Math.cos((index * Math.PI) / 1500);
        const y = ry * Math.sin((index * Math.PI) / 1500);
        return {
          x: cx + x * Math.cos(turn) - y * Math.sin(turn),
          y: cy + x * Math.sin(turn) + y * Math.cos(turn),
        };
      });
      return { exterior, holes: [] };
    };
    const outlines = fc.oneof(areas.box, areas['rotated-box'], areas.ellipse);
    fc.assert(
      fc.property(areas.ellipse, outlines, (ellipse, other: Shape) => {
        const parts = other.type === 'ellipse' ? [cornered(other)] : (partsOfShape(other) ?? []);
        const common = overlapArea([cornered(ellipse)], parts) ?? Number.NaN;
        const together = Math.PI * ellipse.rx * ellipse.ry + areaOfParts(parts) - common;
        expect(Math.abs((shapeIoU(ellipse, other) ?? Number.NaN) - common / together)).toBeLessThan(1e-4);
      }),
      { numRuns: 100 },
    );
  });

  it('of an area with itself is 1, where it has any', () => {
    const { cuboid: _, ...solid } = areas;
    fc.assert(
      fc.property(fc.oneof(...Object.values(solid)), (shape: Shape) => {
        expect(shapeIoU(shape, shape)).toBeCloseTo(1, 3);
      }),
    );
  });
});

const lineArbitrary = polyline.map((shape) => shape.points);

/** The farthest of many places along one line from the other, and how far it can be from the true answer. */
function sampledHausdorff(a: readonly Place[], b: readonly Place[]): { distance: number; step: number } {
  const samples = 400;
  let distance = 0;
  let step = 0;
  for (const [line, other] of [
    [a, b],
    [b, a],
  ] as const) {
    line.slice(1).forEach((to, index) => {
      const from = line[index] ?? to;
      step = Math.max(step, Math.hypot(to.x - from.x, to.y - from.y) / samples);
      for (let share = 0; share <= samples; share += 1) {
        const at = {
          x: from.x + ((to.x - from.x) * share) / samples,
          y: from.y + ((to.y - from.y) * share) / samples,
        };
        const nearest = Math.min(
          ...other.slice(1).map((end, segment) => distanceToSegment(at, other[segment] ?? end, end)),
        );
        distance = Math.max(distance, nearest);
      }
    });
  }
  return { distance, step };
}

describe('distances of lines', () => {
  it('Hausdorff is that of many places along them', () => {
    fc.assert(
      fc.property(lineArbitrary, lineArbitrary, (a, b) => {
        const { distance, step } = sampledHausdorff(a, b);
        const found = hausdorffDistance(a, b);
        expect(found).toBeGreaterThanOrEqual(distance - 0.011);
        expect(found).toBeLessThanOrEqual(distance + step + 1e-9);
      }),
      { numRuns: 40 },
    );
  });

  it('Fréchet is that of many places along them', () => {
    const step = 0.5;
    const short = lineArbitrary.map((line) => line.slice(0, 5));
    fc.assert(
      fc.property(short, short, (a, b) => {
        // Eiter and Mannila 1994, lemma 3: between the distance and a step more.
        const discrete = discreteFrechet(dense(a, step), dense(b, step));
        const found = frechetDistance(a, b);
        expect(found).toBeLessThanOrEqual(discrete + 0.011);
        expect(found).toBeGreaterThanOrEqual(discrete - step - 0.011);
      }),
      { numRuns: 60 },
    );
  });

  it('Fréchet is no shorter than Hausdorff, nor longer than the discrete one, and the same both ways', () => {
    fc.assert(
      fc.property(lineArbitrary, lineArbitrary, (a, b) => {
        const found = frechetDistance(a, b);
        expect(found).toBeGreaterThanOrEqual(hausdorffDistance(a, b) - 0.021);
        expect(found).toBeLessThanOrEqual(discreteFrechet(a, b) + 0.011);
        expect(frechetDistance(b, a)).toBeCloseTo(found, 1);
      }),
      { numRuns: 100 },
    );
  });
});

/** Of vertices alone, by its definition (Eiter and Mannila 1994). */
function discreteFrechet(a: readonly Place[], b: readonly Place[]): number {
  let before: number[] = [];
  for (const [i, one] of a.entries()) {
    const row: number[] = [];
    for (const [j, other] of b.entries()) {
      const here = Math.hypot(one.x - other.x, one.y - other.y);
      const ways = [before[j], row[j - 1], before[j - 1]].filter((way) => way !== undefined);
      row.push(i === 0 && j === 0 ? here : Math.max(here, Math.min(...ways)));
    }
    before = row;
  }
  return before[b.length - 1] ?? Number.NaN;
}

/** The same line with a vertex at every `step` px at least. */
function dense(line: readonly Place[], step: number): readonly Place[] {
  return line.flatMap((to, index) => {
    const from = line[index - 1];
    if (from === undefined) return [to];
    const pieces = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / step));
    return Array.from({ length: pieces }, (_, piece) => ({
      x: from.x + ((to.x - from.x) * (piece + 1)) / pieces,
      y: from.y + ((to.y - from.y) * (piece + 1)) / pieces,
    }));
  });
}

const objectsArbitrary = (prefix: string) =>
  fc
    .array(fc.tuple(areas.box, fc.constantFrom('car', 'bus')), { maxLength: 6 })
    .map((boxes) => boxes.map(([box, label], index) => object(`${prefix}${index}`, label, box)));

/** The largest total similarity of pairs with one label, by trying everything. */
function bestTotal(
  reference: readonly ComparableObject[],
  candidate: readonly ComparableObject[],
  least: number,
): number {
  const [first, ...rest] = reference;
  if (first === undefined) return 0;
  let best = bestTotal(rest, candidate, least);
  candidate.forEach((other, index) => {
    const alike = shapeIoU(first.shape, other.shape) ?? 0;
    if (first.labelId !== other.labelId || alike < least || alike === 0) return;
    const left = candidate.filter((_, at) => at !== index);
    best = Math.max(best, alike + bestTotal(rest, left, least));
  });
  return best;
}

describe('matchObjects', () => {
  const least = fc.constantFrom(0, 0.1, 0.3, 0.5);

  it('pairs objects of one label as well as can be', () => {
    fc.assert(
      fc.property(objectsArbitrary('a'), objectsArbitrary('x'), least, (reference, candidate, minOverlap) => {
        const { pairs } = matchObjects(reference, candidate, { minOverlap });
        const total = pairs.reduce((sum, pair) => sum + pair.similarity, 0);
        expect(total).toBeCloseTo(bestTotal(reference, candidate, minOverlap), 9);
      }),
      { numRuns: 200 },
    );
  });

  it('uses every object once, and counts the same both ways', () => {
    fc.assert(
      fc.property(objectsArbitrary('a'), objectsArbitrary('x'), least, (reference, candidate, minOverlap) => {
        const there = matchObjects(reference, candidate, { minOverlap });
        const back = matchObjects(candidate, reference, { minOverlap });
        const used = [...there.pairs, ...there.mislabelled];
        expect(
          [...used.map((pair) => pair.reference.id), ...there.missing.map(({ id }) => id)].sort(),
        ).toEqual(reference.map(({ id }) => id).sort());
        expect([...used.map((pair) => pair.candidate.id), ...there.extra.map(({ id }) => id)].sort()).toEqual(
          candidate.map(({ id }) => id).sort(),
        );
        expect(back.pairs).toHaveLength(there.pairs.length);
        expect(back.mislabelled).toHaveLength(there.mislabelled.length);
        expect(back.missing).toHaveLength(there.extra.length);
        expect(back.extra).toHaveLength(there.missing.length);
      }),
      { numRuns: 200 },
    );
  });
});
