import { describe, expect, it } from 'vitest';
import { crowdIoU, shapeIoU } from '../../../../../shared/quality/matching/area-overlap';
import type { PolygonShape, Shape } from '../../../../../shared/schema/shapes';
import { shapeOfRaster } from '../../../../../shared/shapes/mask/mask-pixels';
import { boxAt } from '../../../../harness/annotations';

const outline = (...corners: readonly (readonly [number, number])[]) => corners.map(([x, y]) => ({ x, y }));

const polygon = (...rings: readonly ReturnType<typeof outline>[]): PolygonShape => ({
  type: 'polygon',
  parts: rings.map((exterior) => ({ exterior, holes: [] })),
});

const turned = (cx: number, cy: number, width: number, height: number, rotation: number): Shape => ({
  type: 'rotated-box',
  cx,
  cy,
  width,
  height,
  rotation,
});

const ellipse = (cx: number, cy: number, rx: number, ry: number, rotation = 0): Shape => ({
  type: 'ellipse',
  cx,
  cy,
  rx,
  ry,
  rotation,
});

function mask(x: number, y: number, rows: readonly string[]): Shape {
  const width = rows[0]?.length ?? 0;
  const data = Uint8Array.from([...rows.join('')].map((pixel) => (pixel === '#' ? 1 : 0)));
  const shape = shapeOfRaster({ x, y, width, height: rows.length, data });
  if (shape === null) throw new Error('an empty mask');
  return shape;
}

describe('shapeIoU', () => {
  it('of boxes counts whole areas without a pixel more', () => {
    // 50 of 100 + 100 − 50.
    expect(shapeIoU(boxAt(0, 0, 10, 10), boxAt(5, 0, 10, 10))).toBeCloseTo(1 / 3, 12);
    expect(shapeIoU(boxAt(0, 0, 10, 10), boxAt(10, 0, 10, 10))).toBe(0);
    expect(shapeIoU(boxAt(2, 3, 10, 10), boxAt(2, 3, 10, 10))).toBe(1);
  });

  it('of a square and the same turned by 45° is that of an octagon', () => {
    // In common lies a regular octagon of inradius 1: 8·tan(π/8); the union is 8 less that.
    const octagon = 8 * Math.tan(Math.PI / 8);
    expect(shapeIoU(boxAt(-1, -1, 2, 2), turned(0, 0, 2, 2, 45))).toBeCloseTo(octagon / (8 - octagon), 12);
    expect(shapeIoU(turned(0, 0, 2, 2, 10), turned(0, 0, 2, 2, 55))).toBeCloseTo(octagon / (8 - octagon), 12);
  });

  it('of a turned cross is that of its bars', () => {
    // Two bars of 10 × 2 across each other share 4 of 36.
    expect(shapeIoU(turned(50, 50, 10, 2, 30), turned(50, 50, 10, 2, 120))).toBeCloseTo(4 / 36, 12);
  });

  it('takes holes and parts of polygons', () => {
    const frame: PolygonShape = {
      type: 'polygon',
      parts: [
        {
          exterior: outline([0, 0], [10, 0], [10, 10], [0, 10]),
          holes: [outline([2, 2], [8, 2], [8, 8], [2, 8])],
        },
      ],
    };
    // The frame has 64; the box of 36 lies in its hole.
    expect(shapeIoU(frame, boxAt(2, 2, 6, 6))).toBe(0);
    expect(shapeIoU(frame, boxAt(0, 0, 10, 10))).toBeCloseTo(0.64, 9);
    const pieces = polygon(
      outline([0, 0], [2, 0], [2, 10], [0, 10]),
      outline([8, 0], [10, 0], [10, 10], [8, 10]),
    );
    expect(shapeIoU(pieces, boxAt(0, 0, 10, 10))).toBeCloseTo(0.4, 9);
    expect(shapeIoU(pieces, frame)).toBeCloseTo(40 / 64, 9);
  });

  it('counts a ring that crosses itself by the even-odd rule', () => {
    // A bow tie: two triangles of 25 each.
    const bow = polygon(outline([0, 0], [10, 10], [10, 0], [0, 10]));
    expect(shapeIoU(bow, boxAt(0, 0, 10, 10))).toBeCloseTo(0.5, 9);
  });

  it('of an ellipse with straight outlines is exact', () => {
    expect(shapeIoU(ellipse(10, 10, 4, 4), boxAt(6, 6, 8, 8))).toBeCloseTo(Math.PI / 4, 12);
    expect(shapeIoU(boxAt(0, 0, 40, 40), ellipse(20, 20, 6, 3, 33))).toBeCloseTo((Math.PI * 18) / 1600, 12);
    // Half of an ellipse lies in the box whose side runs through its centre: 6π of 100 + 12π − 6π.
    expect(shapeIoU(ellipse(0, 5, 4, 3), boxAt(0, 0, 10, 10))).toBeCloseTo(
      (6 * Math.PI) / (100 + 6 * Math.PI),
      12,
    );
    // A square within the circle has 2 of π.
    expect(shapeIoU(ellipse(0, 0, 1, 1), turned(0, 0, Math.SQRT2, Math.SQRT2, 20))).toBeCloseTo(
      2 / Math.PI,
      12,
    );
  });

  it('of two ellipses is within 1e-4', () => {
    expect(shapeIoU(ellipse(9, 9, 5, 2, 10), ellipse(9, 9, 5, 2, 10))).toBeGreaterThan(0.9999);
    expect(shapeIoU(ellipse(0, 0, 2, 2), ellipse(0, 0, 4, 4))).toBeCloseTo(0.25, 4);
    // Two unit circles a radius apart share a lens of 2π/3 − √3/2.
    const lens = (2 * Math.PI) / 3 - Math.sqrt(3) / 2;
    expect(shapeIoU(ellipse(0, 0, 1, 1), ellipse(1, 0, 1, 1))).toBeCloseTo(lens / (2 * Math.PI - lens), 4);
  });

  it('takes masks and polygons for each other', () => {
    const square = mask(3, 4, ['####', '####']);
    expect(shapeIoU(square, polygon(outline([3, 4], [7, 4], [7, 6], [3, 6])))).toBe(1);
    expect(shapeIoU(polygon(outline([3, 4], [5, 4], [5, 6], [3, 6])), square)).toBe(0.5);
    expect(shapeIoU(square, mask(5, 4, ['####', '####']))).toBeCloseTo(4 / 12, 12);
    // Left of the picture and above it too.
    expect(shapeIoU(mask(-4, -3, ['##']), boxAt(-4, -3, 2, 1))).toBe(1);
  });

  it('of the silhouette of a cuboid is that of its hull', () => {
    const at = (x: number) => outline([x, 0], [x + 4, 0], [x + 4, 4], [x, 4]);
    const [a, b, c, d] = at(0);
    const [e, f, g, h] = at(2);
    if (!a || !b || !c || !d || !e || !f || !g || !h) throw new Error('no corners');
    const cuboid: Shape = { type: 'cuboid', front: [a, b, c, d], back: [e, f, g, h] };
    expect(shapeIoU(cuboid, boxAt(0, 0, 6, 4))).toBeCloseTo(1, 12);
  });

  it('is not for what covers no area', () => {
    const line: Shape = { type: 'polyline', points: outline([0, 0], [9, 9]) };
    expect(shapeIoU(line, boxAt(0, 0, 10, 10))).toBeNull();
    expect(shapeIoU(boxAt(0, 0, 10, 10), { type: 'tag' })).toBeNull();
  });
});

describe('crowdIoU', () => {
  it('is the share of the candidate inside the crowd', () => {
    expect(crowdIoU(boxAt(0, 0, 100, 100), boxAt(90, 0, 20, 10))).toBeCloseTo(0.5, 12);
    expect(crowdIoU(boxAt(90, 0, 20, 10), boxAt(0, 0, 100, 100))).toBeCloseTo(0.01, 12);
  });
});
