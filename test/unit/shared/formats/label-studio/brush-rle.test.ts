import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brushOfMask, maskFromBrush } from '../../../../../shared/formats/label-studio/brush-rle';
import { rasterOfMask } from '../../../../../shared/geometry/mask-runs';
import type { MaskShape } from '../../../../../shared/schema/shapes';
import { runsOfShape, shapeOfRaster } from '../../../../../shared/shapes/mask/mask-pixels';

/** Pictures, and the bytes that `mask2rle` of label_studio_sdk 2.1.2 makes of them with 255 where they are set. */
const BY_THE_CONVERTER = [
  {
    rows: ['#'],
    rle: [0, 0, 0, 4, 57, 27, 252, 127, 224],
  },
  {
    rows: ['.#.', '##.'],
    rle: [0, 0, 0, 24, 57, 27, 252, 96, 17, 255, 198, 1, 63, 252, 96, 0],
  },
  {
    rows: ['....', '.##.', '.###', '....'],
    rle: [0, 0, 0, 64, 57, 27, 254, 19, 0, 159, 254, 112, 11, 127, 247, 192, 0],
  },
  {
    rows: [
      '..................................................',
      '..................................................',
      '...#####################################..........',
      '...#####################################..........',
      '...#####################################..........',
      '...#####################################..........',
    ],
    rle: [
      0, 0, 4, 176, 57, 27, 255, 1, 155, 0, 210, 127, 248, 204, 3, 73, 255, 227, 48, 13, 39, 255, 140, 192,
      52, 159, 254, 39, 0, 0,
    ],
  },
  {
    rows: ['#.#..##.#', '#.#.#.#..', '...#..##.', '#....#.#.'],
    rle: [
      0, 0, 0, 144, 57, 27, 252, 127, 241, 128, 71, 255, 56, 4, 255, 241, 128, 79, 255, 24, 4, 127, 241, 128,
      71, 255, 24, 4, 127, 248, 76, 2, 63, 249, 192, 39, 255, 140, 2, 63, 251, 224, 17, 255, 198, 1, 31, 252,
      96, 0,
    ],
  },
];

/** `mask2rle` of 200 x 200 pixels, the lower half set: runs longer than one block holds. */
const HALF_SET = [0, 2, 113, 0, 57, 27, 255, 255, 255, 0, 231, 15, 224, 31, 255, 255, 255, 156, 63, 255, 128];

function rowsOf(mask: MaskShape | 'empty' | null, width: number, height: number): string[] {
  const rows = Array.from({ length: height }, () => Array.from({ length: width }, () => '.'));
  if (mask !== null && mask !== 'empty') {
    const raster = rasterOfMask(runsOfShape(mask));
    for (let pixel = 0; pixel < raster.data.length; pixel += 1) {
      const row = rows[raster.y + Math.floor(pixel / raster.width)];
      if (row !== undefined && raster.data[pixel] === 1) row[raster.x + (pixel % raster.width)] = '#';
    }
  }
  return rows.map((row) => row.join(''));
}

function maskOf(rows: readonly string[]): MaskShape | null {
  const text = rows.join('');
  return shapeOfRaster({
    ...{ x: 0, y: 0, width: rows[0]?.length ?? 0, height: rows.length },
    data: Uint8Array.from(text, (pixel) => (pixel === '#' ? 1 : 0)),
  });
}

describe("Label Studio's brush", () => {
  it.each(BY_THE_CONVERTER)('of $rows is what the converter writes, both ways', ({ rows, rle }) => {
    const size = { width: rows[0]?.length ?? 0, height: rows.length };
    expect(rowsOf(maskFromBrush(rle, size), size.width, size.height)).toEqual(rows);
    const mask = maskOf(rows);
    expect(mask === null ? null : brushOfMask(mask, size)).toEqual(rle);
  });

  it('of runs longer than a block is split as the converter splits them', () => {
    const size = { width: 200, height: 200 };
    const mask = maskFromBrush(HALF_SET, size);
    expect(mask).toMatchObject({ x: 0, y: 100, width: 200, height: 100 });
    expect(mask === null || mask === 'empty' ? null : brushOfMask(mask, size)).toEqual(HALF_SET);
  });

  it('comes back as it was for any mask, cut at the edges of the picture', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: -5, max: 15 }),
        fc.integer({ min: -5, max: 15 }),
        fc.array(fc.boolean(), { minLength: 48, maxLength: 48 }),
        (width, height, x, y, bits) => {
          const mask = shapeOfRaster({ x, y, width: 8, height: 6, data: Uint8Array.from(bits, Number) });
          fc.pre(mask !== null);
          if (mask === null) return;
          const expected = Array.from({ length: height }, (_, row) =>
            Array.from({ length: width }, (_, column) => {
              const [left, top] = [column - x, row - y];
              const isInside = left >= 0 && left < 8 && top >= 0 && top < 6;
              return isInside && bits[top * 8 + left] === true ? '#' : '.';
            }).join(''),
          );
          const size = { width, height };
          expect(rowsOf(maskFromBrush(brushOfMask(mask, size), size), width, height)).toEqual(expected);
        },
      ),
    ));

  it('reads words one by one, and words of any size', () => {
    // By hand: 4 words of 2 bits; lengths of 1, 1, 1 and 1 bits; one block of 2 words apart (0, 0), one of 2 (0, 3).
    const bits = `${(4).toString(2).padStart(32, '0')}00001${'0000'.repeat(4)}0001000000010011`;
    const bytes = (bits.padEnd(Math.ceil(bits.length / 8) * 8, '0').match(/.{8}/g) ?? []).map((byte) =>
      Number.parseInt(byte, 2),
    );
    expect(maskFromBrush(bytes, { width: 1, height: 1 })).toEqual({
      ...{ type: 'mask', x: 0, y: 0, width: 1, height: 1, rle: '01' },
    });
  });

  const [{ rle = [] } = {}] = BY_THE_CONVERTER;
  it.each([
    ['no list', 'abc'],
    ['nothing', []],
    ['cut off', rle.slice(0, -2)],
    ['a number that is no byte', rle.map((byte, at) => (at === 8 ? 256 : byte))],
    ['a text among the bytes', rle.map((byte, at) => (at === 8 ? '1' : byte))],
    ['more pixels than the picture has', rle.map((byte, at) => (at === 3 ? 8 : byte))],
  ])('that is %s is refused', (_, given) => {
    expect(maskFromBrush(given, { width: 1, height: 1 })).toBeNull();
  });

  it('of a picture beyond all reason is refused before anything is made', () => {
    expect(maskFromBrush([255, 255, 255, 255], { width: 32_768, height: 32_768 })).toBeNull();
    expect(maskFromBrush(rle, { width: 0.5, height: 2 })).toBeNull();
  });
});
