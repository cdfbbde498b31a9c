import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskDifference, maskIntersection, maskUnion } from '../../shared/geometry/mask-combine';
import { componentsOfMask } from '../../shared/geometry/mask-components';
import { fillRings, maskOfRings } from '../../shared/geometry/mask-fill';
import type { MaskRaster } from '../../shared/geometry/mask-raster';
import { countSetPixels, isPixelSet, type MaskRuns, maskOfRaster } from '../../shared/geometry/mask-runs';
import { boundsOfStroke, rasterCovering, stampStroke } from '../../shared/geometry/mask-stamp';
import { distanceToSegment } from '../../shared/geometry/segment';

const FIELD = { x: 0, y: 0, width: 24, height: 20 };

/** A small mask anywhere in the field, with something set. */
const maskArbitrary: fc.Arbitrary<MaskRuns> = fc
  .record({
    x: fc.integer({ min: 0, max: 14 }),
    y: fc.integer({ min: 0, max: 10 }),
    width: fc.integer({ min: 1, max: 10 }),
    height: fc.integer({ min: 1, max: 10 }),
    pixels: fc.array(fc.boolean(), { minLength: 100, maxLength: 100 }),
  })
  .map(({ x, y, width, height, pixels }) => {
    const data = Uint8Array.from({ length: width * height }, (_, pixel) => (pixels[pixel] ? 1 : 0));
    data[0] = 1;
    const mask = maskOfRaster({ x, y, width, height, data });
    if (mask === null) throw new Error('one pixel is set');
    return mask;
  });

function everyPixel(check: (column: number, row: number) => void) {
  for (let column = -2; column < FIELD.width + 2; column += 1)
    for (let row = -2; row < FIELD.height + 2; row += 1) check(column, row);
}

/** A picture of the field, to be compared at once. */
function drawn(isSetAt: (column: number, row: number) => boolean): string {
  let text = '';
  everyPixel((column, row) => {
    text += isSetAt(column, row) ? '#' : '.';
  });
  return text;
}

const isSet = (mask: MaskRuns | null, column: number, row: number) =>
  mask !== null && isPixelSet(mask, column, row);

describe('two masks', () => {
  it.each([
    ['together', maskUnion, (a: boolean, b: boolean) => a || b],
    ['one without the other', maskDifference, (a: boolean, b: boolean) => a && !b],
    ['what both share', maskIntersection, (a: boolean, b: boolean) => a && b],
  ] as const)('%s: pixel by pixel', (_, combine, expected) => {
    fc.assert(
      fc.property(maskArbitrary, maskArbitrary, (a, b) => {
        const result = combine(a, b);
        expect(drawn((column, row) => isSet(result, column, row))).toBe(
          drawn((column, row) => expected(isSet(a, column, row), isSet(b, column, row))),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('the pieces of a mask', () => {
  it('are what a flood over all eight neighbours finds', () => {
    fc.assert(
      fc.property(maskArbitrary, (mask) => {
        const pieces = componentsOfMask(mask);
        const pieceAt = (column: number, row: number) =>
          pieces.findIndex((piece) => isPixelSet(piece, column, row));
        expect(pieces.reduce((sum, piece) => sum + countSetPixels(piece), 0)).toBe(countSetPixels(mask));
        const flooded = new Map<string, number>();
        let floods = 0;
        everyPixel((column, row) => {
          if (!isSet(mask, column, row) || flooded.has(`${column} ${row}`)) return;
          const queue = [[column, row] as const];
          for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
            const [x, y] = place;
            if (!isSet(mask, x, y) || flooded.has(`${x} ${y}`)) continue;
            flooded.set(`${x} ${y}`, floods);
            expect(pieceAt(x, y)).toBe(pieceAt(column, row));
            for (const dx of [-1, 0, 1]) for (const dy of [-1, 0, 1]) queue.push([x + dx, y + dy]);
          }
          floods += 1;
        });
        expect(pieces.length).toBe(floods);
      }),
    );
  });
});

const place = fc.record({
  x: fc.double({ min: -3, max: 27, noNaN: true }),
  y: fc.double({ min: -3, max: 23, noNaN: true }),
});

describe('filling rings', () => {
  const rings = fc.array(fc.array(place, { minLength: 3, maxLength: 8 }), { minLength: 1, maxLength: 3 });

  it('sets the pixels whose centre is inside by the even-odd rule', () => {
    fc.assert(
      fc.property(rings, (shape) => {
        const filled = maskOfRings(shape, FIELD);
        const raster: MaskRaster = { ...FIELD, data: new Uint8Array(FIELD.width * FIELD.height) };
        fillRings(raster, shape, 1);
        for (let column = 0; column < FIELD.width; column += 1) {
          for (let row = 0; row < FIELD.height; row += 1) {
            let isInside = false;
            for (const ring of shape) {
              ring.forEach((a, index) => {
                const b = ring[(index + 1) % ring.length] ?? a;
                if (a.x > column + 0.5 === b.x > column + 0.5) return;
                if (a.y + ((column + 0.5 - a.x) / (b.x - a.x)) * (b.y - a.y) < row + 0.5)
                  isInside = !isInside;
              });
            }
            expect(isSet(filled, column, row)).toBe(isInside);
            expect(raster.data[row * FIELD.width + column]).toBe(isInside ? 1 : 0);
          }
        }
      }),
    );
  });

  it('gives every pixel of a split area to exactly one side', () => {
    fc.assert(
      fc.property(place, place, (a, b) => {
        const whole = maskOfRings(
          [
            [
              { x: 0, y: 0 },
              { x: 24, y: 0 },
              { x: 24, y: 20 },
              { x: 0, y: 20 },
            ],
          ],
          FIELD,
        );
        const cut = [
          { x: -5, y: a.y },
          { x: 29, y: b.y },
        ];
        const upper = maskOfRings([[...cut, { x: 29, y: -90 }, { x: -5, y: -90 }]], FIELD);
        const lower = maskOfRings([[...cut, { x: 29, y: 90 }, { x: -5, y: 90 }]], FIELD);
        everyPixel((column, row) => {
          const sides = Number(isSet(upper, column, row)) + Number(isSet(lower, column, row));
          expect(sides).toBe(isSet(whole, column, row) ? 1 : 0);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('makes nothing of what is not a number', () => {
    const broken = [
      [
        { x: Number.NaN, y: 1 },
        { x: 4, y: Number.POSITIVE_INFINITY },
        { x: 9, y: 9 },
      ],
    ];
    expect(maskOfRings(broken, FIELD)).toBeNull();
  });
});

describe('a stroke of the brush', () => {
  it('paints the pixels whose centre is within reach, and those under its ends', () => {
    fc.assert(
      fc.property(
        place,
        place,
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom('circle' as const, 'square' as const),
        (from, to, diameter, shape) => {
          const raster: MaskRaster = { ...FIELD, data: new Uint8Array(FIELD.width * FIELD.height) };
          const changed = stampStroke(raster, from, to, diameter, shape, 1);
          for (let column = 0; column < FIELD.width; column += 1) {
            for (let row = 0; row < FIELD.height; row += 1) {
              const centre = { x: column + 0.5, y: row + 0.5 };
              const reach =
                shape === 'circle' ? distanceToSegment(centre, from, to) : squareDistance(centre, from, to);
              if (Math.abs(reach - diameter / 2) < 1e-9) continue;
              const isUnderEnd = [from, to].some(
                ({ x, y }) => Math.floor(x) === column && Math.floor(y) === row,
              );
              const isPainted = raster.data[row * FIELD.width + column] === 1;
              expect(isPainted).toBe(reach < diameter / 2 || isUnderEnd);
              if (!isPainted) continue;
              expect(column >= changed.x && column < changed.x + changed.width).toBe(true);
              expect(row >= changed.y && row < changed.y + changed.height).toBe(true);
            }
          }
        },
      ),
    );
  });

  /** Smallest half side of an upright square around a place of the segment that holds the centre; by ternary search. */
  function squareDistance(
    centre: { x: number; y: number },
    from: { x: number; y: number },
    to: { x: number; y: number },
  ) {
    const at = (t: number) =>
      Math.max(
        Math.abs(centre.x - from.x - t * (to.x - from.x)),
        Math.abs(centre.y - from.y - t * (to.y - from.y)),
      );
    let low = 0;
    let high = 1;
    for (let round = 0; round < 200; round += 1) {
      const a = low + (high - low) / 3;
      const b = high - (high - low) / 3;
      if (at(a) < at(b)) high = b;
      else low = a;
    }
    return at((low + high) / 2);
  }

  it('needs memory for where it went, not for the picture', () => {
    const picture = { width: 20_000, height: 14_000 };
    const from = { x: 9_000, y: 7_000 };
    const to = { x: 9_200, y: 7_000 };
    const raster = rasterCovering(null, boundsOfStroke(from, to, 24), picture);
    if (!raster.ok) throw new Error(raster.error.message);
    expect(raster.value.data.length).toBeLessThan(250_000);
    expect(rasterCovering(raster.value, { x: 0, y: 0, ...picture }, picture)).toMatchObject({
      ok: false,
      error: { code: 'edit.invalid-shape' },
    });
  });

  it('keeps what is painted when its window grows, and never leaves the picture', () => {
    const step = fc.record({
      x: fc.integer({ min: -40, max: 660 }),
      y: fc.integer({ min: -40, max: 500 }),
      width: fc.integer({ min: 0, max: 60 }),
      height: fc.integer({ min: 0, max: 60 }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
        const picture = { width: 640, height: 480 };
        let raster: MaskRaster | null = null;
        const painted: { x: number; y: number }[] = [];
        for (const needed of steps) {
          const covering = rasterCovering(raster, needed, picture);
          if (!covering.ok) throw new Error(covering.error.message);
          const grown: MaskRaster = covering.value;
          raster = grown;
          expect(grown.x >= 0 && grown.y >= 0).toBe(true);
          expect(grown.x + grown.width <= 640 && grown.y + grown.height <= 480).toBe(true);
          const inside = {
            x: Math.min(Math.max(needed.x, 0), 639),
            y: Math.min(Math.max(needed.y, 0), 479),
          };
          if (
            inside.x >= needed.x &&
            inside.y >= needed.y &&
            inside.x < needed.x + needed.width &&
            inside.y < needed.y + needed.height
          ) {
            stampStroke(grown, inside, inside, 1, 'square', 1);
            painted.push(inside);
          }
          for (const { x, y } of painted) {
            expect(grown.data[(y - grown.y) * grown.width + x - grown.x]).toBe(1);
          }
        }
      }),
    );
  });
});
