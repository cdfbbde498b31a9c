import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rotationAbout } from '../../shared/geometry/affine';
import { distanceToMaskOutline } from '../../shared/geometry/mask-distance';
import { outlineOfMask } from '../../shared/geometry/mask-outline';
import type { MaskRaster } from '../../shared/geometry/mask-raster';
import {
  countSetPixels,
  isPixelSet,
  type MaskRuns,
  maskInWindow,
  maskOfRaster,
  rasterOfMask,
} from '../../shared/geometry/mask-runs';
import { maskTransformed } from '../../shared/geometry/mask-transform';
import { imagePoint } from '../../shared/geometry/point';
import { decodeRle, encodeRle, endsOfLengths, lengthsOfRuns } from '../../shared/geometry/rle';

/** Small pictures with something set, so that every pixel can be asked. */
const rasterArbitrary: fc.Arbitrary<MaskRaster> = fc
  .record({
    x: fc.integer({ min: -4, max: 9 }),
    y: fc.integer({ min: -4, max: 9 }),
    width: fc.integer({ min: 1, max: 9 }),
    height: fc.integer({ min: 1, max: 9 }),
    share: fc.constantFrom(0.1, 0.5, 0.9),
    seed: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 81, maxLength: 81 }),
  })
  .map(({ x, y, width, height, share, seed }) => {
    const data = Uint8Array.from({ length: width * height }, (_, pixel) =>
      (seed[pixel] ?? 0) < share ? 1 : 0,
    );
    data[0] = 1;
    return { x, y, width, height, data };
  });

function isSetIn({ x, y, width, height, data }: MaskRaster, column: number, row: number): boolean {
  const u = column - x;
  const v = row - y;
  return u >= 0 && v >= 0 && u < width && v < height && data[v * width + u] === 1;
}

function maskOf(raster: MaskRaster): MaskRuns {
  const mask = maskOfRaster(raster);
  if (mask === null) throw new Error('the generator sets a pixel');
  return mask;
}

/** A picture of every pixel in and around a small raster, to be compared at once. */
function drawn(isSet: (column: number, row: number) => boolean): string {
  let text = '';
  for (let row = -6; row < 20; row += 1) {
    for (let column = -6; column < 20; column += 1) text += isSet(column, row) ? '#' : '.';
    text += '\n';
  }
  return text;
}

/** Run lengths of a window by going through its pixels column by column, as COCO defines them. */
function lengthsByHand(raster: MaskRaster): number[] {
  const lengths = [0];
  let value = 0;
  for (let column = 0; column < raster.width; column += 1) {
    for (let row = 0; row < raster.height; row += 1) {
      const pixel = raster.data[row * raster.width + column] ?? 0;
      if (pixel !== value) lengths.push(0);
      value = pixel;
      lengths[lengths.length - 1] = (lengths[lengths.length - 1] ?? 0) + 1;
    }
  }
  return lengths;
}

describe('run-length encoding', () => {
  it('has the lengths that counting gives, and comes back from its text', () => {
    fc.assert(
      fc.property(rasterArbitrary, (raster) => {
        const lengths = lengthsByHand(raster);
        const ends = endsOfLengths(lengths);
        expect(lengthsOfRuns(ends)).toEqual(lengths);
        expect(decodeRle(encodeRle(ends), raster.width * raster.height)).toEqual(ends);
      }),
    );
  });

  it('comes back for runs of any length that a picture can have', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 600_000_000 }), { minLength: 1, maxLength: 7 }),
        (runs) => {
          const ends = endsOfLengths(runs);
          const total = runs.reduce((sum, length) => sum + length, 0);
          expect(decodeRle(encodeRle(ends), total)).toEqual(ends);
        },
      ),
    );
  });

  it('never throws on any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.integer({ min: 1, max: 1000 }), (text, pixels) => {
        const ends = decodeRle(text, pixels);
        if (ends !== null) expect(ends[ends.length - 1]).toBe(pixels);
      }),
    );
  });
});

describe('a mask of runs', () => {
  it('has exactly the pixels of the raster it was made from, in the tightest window', () => {
    fc.assert(
      fc.property(rasterArbitrary, (raster) => {
        const mask = maskOf(raster);
        const expected = drawn((column, row) => isSetIn(raster, column, row));
        expect(drawn((column, row) => isPixelSet(mask, column, row))).toBe(expected);
        const back = rasterOfMask(mask);
        expect(drawn((column, row) => isSetIn(back, column, row))).toBe(expected);
        const columns = Array.from({ length: mask.width }, (_, u) => u);
        const rows = Array.from({ length: mask.height }, (_, v) => v);
        const at = (u: number, v: number) => isSetIn(raster, mask.x + u, mask.y + v);
        expect(columns.some((u) => at(u, 0)) && columns.some((u) => at(u, mask.height - 1))).toBe(true);
        expect(rows.some((v) => at(0, v)) && rows.some((v) => at(mask.width - 1, v))).toBe(true);
      }),
    );
  });

  it('seen through another window keeps what lies in it and nothing else', () => {
    const side = fc.integer({ min: 1, max: 12 });
    const start = fc.integer({ min: -6, max: 12 });
    fc.assert(
      fc.property(
        rasterArbitrary,
        fc.record({ x: start, y: start, width: side, height: side }),
        (raster, window) => {
          const seen = maskInWindow(maskOf(raster), window);
          expect(seen.ends[seen.ends.length - 1]).toBe(window.width * window.height);
          const isSeen = (column: number, row: number) =>
            column >= window.x &&
            row >= window.y &&
            column < window.x + window.width &&
            row < window.y + window.height;
          expect(drawn((column, row) => isPixelSet(seen, column, row))).toBe(
            drawn((column, row) => isSeen(column, row) && isSetIn(raster, column, row)),
          );
        },
      ),
    );
  });

  it('turned four times by a quarter is what it was', () => {
    fc.assert(
      fc.property(rasterArbitrary, (raster) => {
        const mask = maskOf(raster);
        const centre = imagePoint(mask.x + mask.width / 2, mask.y + mask.height / 2);
        let turned = mask;
        for (let turn = 0; turn < 4; turn += 1) {
          turned = maskTransformed(turned, rotationAbout(imagePoint(5, 7), 90));
          expect(countSetPixels(turned)).toBe(countSetPixels(mask));
        }
        expect(turned).toEqual(mask);
        expect(countSetPixels(maskTransformed(mask, rotationAbout(centre, 180)))).toBe(countSetPixels(mask));
      }),
    );
  });
});

describe('the outline of a mask', () => {
  it('parts set from unset: a ray to the left crosses it an odd number of times from set pixels only', () => {
    fc.assert(
      fc.property(rasterArbitrary, (raster) => {
        const rings = outlineOfMask(maskOf(raster));
        const isInside = (column: number, row: number) => {
          let crossings = 0;
          for (const ring of rings) {
            ring.forEach((from, index) => {
              const to = ring[(index + 1) % ring.length] ?? from;
              const isCrossed = from.y > row + 0.5 !== to.y > row + 0.5;
              if (from.x === to.x && isCrossed && from.x < column + 0.5) crossings += 1;
            });
          }
          return crossings % 2 === 1;
        };
        expect(drawn(isInside)).toBe(drawn((column, row) => isSetIn(raster, column, row)));
      }),
    );
  });

  it('turns a corner at every vertex and encloses as many px² as there are set pixels', () => {
    fc.assert(
      fc.property(rasterArbitrary, (raster) => {
        const mask = maskOf(raster);
        let area = 0;
        for (const ring of outlineOfMask(mask)) {
          let doubled = 0;
          ring.forEach((from, index) => {
            const to = ring[(index + 1) % ring.length] ?? from;
            const before = ring[(index + ring.length - 1) % ring.length] ?? from;
            expect((from.x === to.x) !== (from.y === to.y)).toBe(true);
            expect((from.x === to.x) !== (from.x === before.x)).toBe(true);
            doubled += from.x * to.y - to.x * from.y;
          });
          area += doubled / 2;
        }
        // Exteriors run clockwise as seen, holes the other way.
        expect(area).toBe(countSetPixels(mask));
      }),
    );
  });

  it('is as far away as the nearest of all its edges', () => {
    const place = fc.double({ min: -12, max: 24, noNaN: true });
    fc.assert(
      fc.property(rasterArbitrary, place, place, (raster, x, y) => {
        let nearest = Number.POSITIVE_INFINITY;
        for (let column = -6; column < 20; column += 1) {
          for (let row = -6; row < 20; row += 1) {
            const here = isSetIn(raster, column, row);
            if (here !== isSetIn(raster, column - 1, row)) {
              nearest = Math.min(nearest, Math.hypot(x - column, y - Math.min(Math.max(y, row), row + 1)));
            }
            if (here !== isSetIn(raster, column, row - 1)) {
              nearest = Math.min(nearest, Math.hypot(x - Math.min(Math.max(x, column), column + 1), y - row));
            }
          }
        }
        expect(distanceToMaskOutline(maskOf(raster), x, y)).toBeCloseTo(nearest, 9);
      }),
    );
  });
});
