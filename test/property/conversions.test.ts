import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONVERSIONS, type ConversionTarget, convertShape } from '../../shared/conversions';
import { partsOfShape, pixelsOfShape } from '../../shared/conversions/area-of-shape';
import { maskIntersection } from '../../shared/geometry/mask-combine';
import { partsOfMask } from '../../shared/geometry/mask-parts';
import { countSetPixels, isPixelSet, maskOfRaster } from '../../shared/geometry/mask-runs';
import { areaOfParts } from '../../shared/geometry/polygon-part';
import { isInsideRing } from '../../shared/geometry/ring';
import { SHAPE_TYPES, type Shape, Shape as ShapeRecord } from '../../shared/schema/shapes';
import { behaviourOf } from '../../shared/shapes';
import { shapeOfRaster } from '../../shared/shapes/mask/mask-pixels';
import { okValue } from '../fixtures/ok-value';
import { PICTURE, shapeArbitrary } from '../harness/document-arbitrary';

const TARGETS = Object.keys(CONVERSIONS) as ConversionTarget[];
const EXACT = { simplifyTolerance: 0 };

/** A blob as a brush leaves it: discs, so that its outline is smooth, with a hole now and then. */
const blobArbitrary = fc
  .array(
    fc.record({
      x: fc.integer({ min: 10, max: 90 }),
      y: fc.integer({ min: 10, max: 90 }),
      radius: fc.integer({ min: 6, max: 30 }),
      isErased: fc.boolean(),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((discs) => {
    const data = new Uint8Array(120 * 120);
    discs.forEach(({ x, y, radius, isErased }, index) => {
      for (let pixel = 0; pixel < data.length; pixel += 1) {
        const isIn = Math.hypot((pixel % 120) - x, Math.floor(pixel / 120) - y) <= radius;
        if (isIn) data[pixel] = isErased && index > 0 ? 0 : 1;
      }
    });
    return shapeOfRaster({ x: 30, y: 20, width: 120, height: 120, data });
  })
  .filter((shape) => shape !== null);

function overlapOf(a: Shape, b: Shape): number {
  const first = pixelsOfShape(a, PICTURE);
  const second = pixelsOfShape(b, PICTURE);
  if (first === null || second === null) return 0;
  const common = maskIntersection(first, second);
  const shared = common === null ? 0 : countSetPixels(common);
  return shared / (countSetPixels(first) + countSetPixels(second) - shared);
}

describe('a conversion', () => {
  it('gives a valid shape inside the picture and says what is lost, or a reason in a sentence', () => {
    fc.assert(
      fc.property(shapeArbitrary, fc.constantFrom(...TARGETS), (shape, to) => {
        const converted = convertShape(shape, to, { simplifyTolerance: 1 }, PICTURE);
        if (!converted.ok) {
          expect(converted.error.message).toMatch(/^[A-Z].+\.$/s);
          return;
        }
        const made = converted.value.shape;
        expect(made.type).toBe(to);
        expect(ShapeRecord.safeParse(made).error).toBeUndefined();
        expect(behaviourOf(made).fitted(made, PICTURE).ok).toBe(true);
        if (converted.value.lost !== null) expect(converted.value.lost).toMatch(/^[a-z].+[^.]$/);
      }),
      { numRuns: 400 },
    );
  });

  it('is refused for every kind it does not name, and named for kinds that exist', () => {
    for (const to of TARGETS) {
      expect(CONVERSIONS[to].to).toBe(to);
      for (const type of CONVERSIONS[to].from) expect(SHAPE_TYPES).toContain(type);
      expect(convertShape({ type: 'tag' }, to, EXACT, PICTURE)).toMatchObject({ ok: false });
    }
  });

  it('holds what it is made of: boxes every corner, turned boxes and ellipses what lies in them', () => {
    fc.assert(
      fc.property(shapeArbitrary, (shape) => {
        const around = convertShape(shape, 'box', EXACT, PICTURE);
        if (!around.ok || shape.type === 'skeleton') return;
        const bounds = behaviourOf(around.value.shape).bounds(around.value.shape);
        for (const { points } of behaviourOf(shape).outline(shape)) {
          for (const { x, y } of points) {
            expect(x).toBeGreaterThanOrEqual(bounds.x - 1e-6);
            expect(y).toBeGreaterThanOrEqual(bounds.y - 1e-6);
            expect(x).toBeLessThanOrEqual(bounds.x + bounds.width + 1e-6);
            expect(y).toBeLessThanOrEqual(bounds.y + bounds.height + 1e-6);
          }
        }
      }),
    );
  });
});

describe('mask and polygon', () => {
  it('exactly: the polygon along the pixel edges gives the same pixels back, and nothing is lost', () => {
    fc.assert(
      fc.property(blobArbitrary, (blob) => {
        const polygon = okValue(convertShape(blob, 'polygon', EXACT, PICTURE));
        expect(polygon.lost).toBeNull();
        expect(behaviourOf(polygon.shape).area(polygon.shape)).toBeCloseTo(behaviourOf(blob).area(blob), 6);
        const back = okValue(convertShape(polygon.shape, 'mask', EXACT, PICTURE));
        expect(back).toEqual({ shape: blob, lost: null });
      }),
      { numRuns: 40 },
    );
  });

  it('simplified by 1 px: far fewer vertices, nearly the same pixels, and the difference is counted', () => {
    fc.assert(
      fc.property(blobArbitrary, (blob) => {
        const exact = okValue(convertShape(blob, 'polygon', EXACT, PICTURE)).shape;
        const simple = okValue(convertShape(blob, 'polygon', { simplifyTolerance: 1 }, PICTURE));
        const vertices = (shape: Shape) =>
          (partsOfShape(shape) ?? []).flatMap((part) => part.exterior).length;
        expect(vertices(simple.shape)).toBeLessThanOrEqual(vertices(exact));
        const area = behaviourOf(blob).area(blob);
        if (area > 400) expect(overlapOf(blob, simple.shape)).toBeGreaterThan(0.85);
        const said = /\((\d[\d,]*) of ([\d,]+) differ\)/.exec(simple.lost ?? '(0 of 0 differ)');
        let differing = 0;
        const before = pixelsOfShape(blob, PICTURE);
        const after = pixelsOfShape(simple.shape, PICTURE);
        for (let x = 20; x < 160; x += 1) {
          for (let y = 10; y < 150; y += 1) {
            const was = before !== null && isPixelSet(before, x, y);
            if (was !== (after !== null && isPixelSet(after, x, y))) differing += 1;
          }
        }
        expect(Number(said?.[1]?.replaceAll(',', ''))).toBe(differing);
      }),
      { numRuns: 30 },
    );
  });

  it('has every hole in the part around it', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 144, maxLength: 144 }), (pixels) => {
        const data = Uint8Array.from(pixels, (isSet) => (isSet ? 1 : 0));
        data[0] = 1;
        const mask = maskOfRaster({ x: 3, y: 5, width: 12, height: 12, data });
        if (mask === null) return;
        const parts = partsOfMask(mask);
        expect(areaOfParts(parts)).toBe(countSetPixels(mask));
        for (let x = 2; x < 17; x += 1) {
          for (let y = 4; y < 19; y += 1) {
            const centre = { x: x + 0.5, y: y + 0.5 };
            const around = parts.filter(
              ({ exterior, holes }) =>
                isInsideRing(exterior, centre) && !holes.some((hole) => isInsideRing(hole, centre)),
            );
            expect(around.length).toBe(isPixelSet(mask, x, y) ? 1 : 0);
          }
        }
      }),
    );
  });

  it('refuses noise that would be more than a polygon may hold, and goes on', () => {
    const data = Uint8Array.from({ length: 400 * 300 }, (_, pixel) => {
      const row = Math.floor(pixel / 400);
      return row % 2 === 0 && pixel % 2 === 0 ? 1 : 0;
    });
    const specks = shapeOfRaster({ x: 0, y: 0, width: 400, height: 300, data });
    if (specks === null) throw new Error('some are set');
    expect(convertShape(specks, 'polygon', EXACT, PICTURE)).toMatchObject({
      ok: false,
      error: { code: 'edit.invalid-shape' },
    });
  });
});

describe('what is lost, in words', () => {
  const box: Shape = { type: 'box', x: 10, y: 20, width: 100, height: 50 };
  it.each<[string, Shape, ConversionTarget, string | null]>([
    ['a box as a turned box: nothing', box, 'rotated-box', null],
    ['a box as a polygon: nothing', box, 'polygon', null],
    ['a box as a mask: nothing, its sides are on pixels', box, 'mask', null],
    ['a box between pixels as a mask', { ...box, x: 10.4 }, 'mask', 'what lies between whole pixels'],
    ['a box as an ellipse', box, 'ellipse', 'the corners (it now covers 1,073 px² less)'],
    [
      'a triangle as a box',
      {
        type: 'polygon',
        parts: [
          {
            exterior: [
              { x: 0, y: 0 },
              { x: 80, y: 0 },
              { x: 0, y: 60 },
            ],
            holes: [],
          },
        ],
      },
      'box',
      'the outline (it now covers 2,400 px² more)',
    ],
    [
      'a turned box as a box',
      { type: 'rotated-box', cx: 100, cy: 100, width: 60, height: 60, rotation: 45 },
      'box',
      'the turn of 45° (it now covers 3,600 px² more)',
    ],
    [
      'a line as a box',
      {
        type: 'polyline',
        points: [
          { x: 0, y: 0 },
          { x: 80, y: 10 },
        ],
      },
      'box',
      'the 2 points',
    ],
    [
      'a polygon with a hole as a line',
      {
        type: 'polygon',
        parts: [
          {
            exterior: [
              { x: 0, y: 0 },
              { x: 80, y: 0 },
              { x: 0, y: 60 },
            ],
            holes: [
              [
                { x: 5, y: 5 },
                { x: 9, y: 5 },
                { x: 5, y: 9 },
              ],
            ],
          },
        ],
      },
      'polyline',
      'the area inside and its hole',
    ],
  ])('%s', (_, shape, to, lost) => {
    expect(okValue(convertShape(shape, to, EXACT, PICTURE)).lost).toBe(lost);
  });
});
