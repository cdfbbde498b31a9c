import { describe, expect, it } from 'vitest';
import {
  greyGrid,
  HASH_GRID_SIDE,
  hashWords,
  perceptualHash,
} from '../../../../shared/quality/perceptual-hash';
import { createRandom } from '../../../../shared/random/random';
import { createHammingIndex } from '../../../../shared/rules/annotations/hamming-index';

/** A picture as RGBA from a rule for its grey levels; places from 0 to 1. */
function picture(width: number, height: number, grey: (x: number, y: number) => number): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      pixels.fill(grey((x + 0.5) / width, (y + 0.5) / height), (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return pixels;
}

const lookOf = (width: number, height: number, grey: (x: number, y: number) => number) =>
  perceptualHash(greyGrid(picture(width, height, grey), width, height));

/** Bits that differ, counted digit by digit. */
function apart(a: string, b: string): number {
  return [...a].reduce((sum, digit, at) => {
    const bits = Number.parseInt(digit, 16) ^ Number.parseInt(b[at] ?? '0', 16);
    return sum + [1, 2, 4, 8].filter((bit) => (bits & bit) !== 0).length;
  }, 0);
}

/** Within 0 to 255, so that nothing is cut off when it is made lighter. */
const street = (x: number, y: number) =>
  128 + 45 * Math.sin(7 * x + 2 * y) + 30 * Math.cos(11 * y * x) - (y > 0.6 && x > 0.3 && x < 0.5 ? 50 : 0);

describe('perceptual hash', () => {
  it('averages grey levels over fields, by luma', () => {
    const grid = greyGrid(
      picture(64, 64, (x) => (x < 0.5 ? 10 : 210)),
      64,
      64,
    );
    expect(grid).toHaveLength(HASH_GRID_SIDE ** 2);
    expect(grid[15]).toBeCloseTo(10, 6);
    expect(grid[16]).toBeCloseTo(210, 6);
    const red = Uint8ClampedArray.from({ length: 32 * 32 * 4 }, (_, at) => (at % 4 === 0 ? 100 : 0));
    // ITU-R BT.601: 0.299 of red.
    expect(greyGrid(red, 32, 32)[0]).toBeCloseTo(29.9, 6);
  });

  it('of a single wave across, exactly the bit of its frequency stands out', () => {
    // cos(pi k (2n + 1) / 64) for k = 3: only coefficient (3 across, 0 down) is not zero, and it is left out; the
    // product with k = 2 down puts all of it into row 2, column 3, the 11th bit, counted from 1.
    const wave = (k: number, place: number) => Math.cos(Math.PI * k * place);
    const grid = Float64Array.from({ length: 1024 }, (_, at) => {
      const [x, y] = [((at % 32) + 0.5) / 32, (Math.floor(at / 32) + 0.5) / 32];
      return 128 + 100 * wave(3, x) * wave(2, y);
    });
    const bits = [...perceptualHash(grid)]
      .map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0'))
      .join('');
    expect(bits[10]).toBe('1');
  });

  it('stays as it is when a picture is scaled, made lighter or flatter', () => {
    const look = lookOf(320, 240, street);
    expect(look).toMatch(/^[0-9a-f]{16}$/);
    expect(apart(look, lookOf(160, 120, street))).toBeLessThanOrEqual(2);
    expect(
      apart(
        look,
        lookOf(320, 240, (x, y) => street(x, y) * 0.7 + 50),
      ),
    ).toBeLessThanOrEqual(2);
  });

  it('differs in about half its bits between pictures that have nothing in common', () => {
    const other = (x: number, y: number) => 128 + 90 * Math.sin(23 * x * y + 3) * Math.cos(5 * (x - y));
    expect(apart(lookOf(320, 240, street), lookOf(320, 240, other))).toBeGreaterThan(16);
  });

  it('knows nothing of a picture of one colour', () => {
    expect(lookOf(100, 50, () => 128)).toBe('');
    expect(hashWords('')).toBeNull();
    expect(hashWords('00000001ffffffff')).toEqual([1, 0xffffffff]);
  });
});

describe('search by Hamming distance', () => {
  const columns = (hashes: readonly (readonly [number, number])[]) => ({
    high: Uint32Array.from(hashes, ([high]) => high),
    low: Uint32Array.from(hashes, ([, low]) => low),
    isKnown: new Uint8Array(hashes.length).fill(1),
  });

  it('counts bits that differ', () => {
    const index = createHammingIndex(
      columns([
        [0, 0],
        [0xffffffff, 0xffffffff],
        [0x80000000, 1],
      ]),
    );
    expect([index.distance(0, 1), index.distance(0, 2), index.distance(1, 2)]).toEqual([64, 2, 62]);
  });

  it('finds what comparing all with all finds, and nothing twice', () => {
    const random = createRandom(7);
    const word = () => random.whole(0, 0xffffffff) >>> 0;
    const hashes: [number, number][] = Array.from({ length: 300 }, () => [word(), word()]);
    // Kin of the first 100, each up to 12 bits away.
    for (let n = 0; n < 100; n += 1) {
      let [high, low] = hashes[n] ?? [0, 0];
      for (let bit = random.whole(0, 12); bit > 0; bit -= 1) {
        if (random.chance(0.5)) high = (high ^ (1 << random.whole(0, 31))) >>> 0;
        else low = (low ^ (1 << random.whole(0, 31))) >>> 0;
      }
      hashes.push([high, low]);
    }
    const index = createHammingIndex(columns(hashes));
    const bits = (word32: number) => word32.toString(2).replaceAll('0', '').length;
    for (const distance of [0, 3, 6, 10]) {
      for (const [n, [high, low]] of hashes.entries()) {
        const expected = hashes.flatMap((other, m) =>
          m !== n && bits((high ^ other[0]) >>> 0) + bits((low ^ other[1]) >>> 0) <= distance ? [m] : [],
        );
        const found: number[] = [];
        index.visitNear(n, distance, (other) => {
          found.push(other);
          return true;
        });
        expect(found.sort((a, b) => a - b)).toEqual(expected);
      }
    }
  });

  it('looks through 100,000 pictures in seconds', () => {
    const random = createRandom(3);
    const hashes = Array.from(
      { length: 100_000 },
      () => [random.whole(0, 0xffffffff) >>> 0, random.whole(0, 0xffffffff) >>> 0] as const,
    );
    const index = createHammingIndex(columns(hashes));
    const startedAt = performance.now();
    let pairs = 0;
    for (let n = 0; n < hashes.length; n += 1) {
      index.visitNear(n, 6, () => {
        pairs += 1;
        return true;
      });
    }
    expect(performance.now() - startedAt).toBeLessThan(20_000);
    // Of 10^10 ordered pairs, independent bits put 0.05 within 6.
    expect(pairs).toBeLessThan(10);
  });
});
