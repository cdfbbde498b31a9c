import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { similarPixels } from '../../../../../renderer/pictures/pixels/flood-fill';

/** Asks every pixel again and again whether a neighbour is in, until nothing changes. */
function bruteForce(
  rgba: Uint8ClampedArray,
  width: number,
  height: number,
  seed: number,
  tolerance: number,
  isContiguous: boolean,
): readonly boolean[] {
  const isAlike = (at: number) =>
    [0, 1, 2].every((c) => Math.abs((rgba[at * 4 + c] ?? 0) - (rgba[seed * 4 + c] ?? 0)) <= tolerance);
  const alike = Array.from({ length: width * height }, (_, at) => isAlike(at));
  if (!isContiguous) return alike;
  const isIn = alike.map((_, at) => at === seed);
  for (let isChanging = true; isChanging; ) {
    isChanging = false;
    for (let at = 0; at < isIn.length; at++) {
      if (isIn[at] || !alike[at]) continue;
      const x = at % width;
      const near = [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width];
      if (!near.some((other) => isIn[other])) continue;
      isIn[at] = true;
      isChanging = true;
    }
  }
  return isIn;
}

describe('the wand', () => {
  it('takes the pixels that brute force takes, in the smallest window', () => {
    fc.assert(
      fc.property(
        fc.record({
          width: fc.integer({ min: 1, max: 12 }),
          height: fc.integer({ min: 1, max: 12 }),
          levels: fc.array(fc.constantFrom(0, 20, 100, 110), { minLength: 144, maxLength: 144 }),
          seed: fc.nat({ max: 10_000 }),
          tolerance: fc.constantFrom(0, 10, 30, 90, 255),
          isContiguous: fc.boolean(),
        }),
        ({ width, height, levels, seed, tolerance, isContiguous }) => {
          const rgba = new Uint8ClampedArray(width * height * 4);
          for (let at = 0; at < width * height; at++) {
            const level = levels[at] ?? 0;
            rgba.set([level, 50, 255 - level, 255], at * 4);
          }
          const place = seed % (width * height);
          const expected = bruteForce(rgba, width, height, place, tolerance, isContiguous);
          const found = similarPixels({ rgba, width, height }, place % width, Math.floor(place / width), {
            tolerance,
            isContiguous,
          });
          const isSet = (x: number, y: number) => {
            const column = x - found.x;
            const row = y - found.y;
            const isInside = column >= 0 && row >= 0 && column < found.width && row < found.height;
            return isInside && found.data[row * found.width + column] === 1;
          };
          const actual = expected.map((_, at) => isSet(at % width, Math.floor(at / width)));
          expect(actual).toEqual(expected);
          const columns = expected.flatMap((isIn, at) => (isIn ? [at % width] : []));
          expect(found.x).toBe(Math.min(...columns));
          expect(found.width).toBe(Math.max(...columns) - Math.min(...columns) + 1);
        },
      ),
    );
  });
});
