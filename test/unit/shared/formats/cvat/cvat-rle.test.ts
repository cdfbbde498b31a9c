import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskOfRowRuns, rowRunsOfMask } from '../../../../../shared/formats/parts/cvat/cvat-rle';
import { rasterOfShape } from '../../../../../shared/shapes/mask/mask-pixels';

/** Sparse and dense windows, so that both ways of turning rows into columns are taken. */
const window = fc
  .record({
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 40 }),
    density: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .chain(({ width, height, density }) =>
    fc
      .array(fc.double({ min: 0, max: 1, noNaN: true }), {
        minLength: width * height,
        maxLength: width * height,
      })
      .map((noise) => ({ width, height, bits: noise.map((value) => (value < density ? 1 : 0)) })),
  );

describe('row runs of CVAT', () => {
  it('set the pixels that they name, by nothing but counting them', () =>
    fc.assert(
      fc.property(window, ({ width, height, bits }) => {
        const runs: number[] = [0];
        let value = 0;
        for (const bit of bits) {
          if (bit !== value) runs.push(0);
          runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1;
          value = bit;
        }
        const mask = maskOfRowRuns(runs.join(','), { x: 3, y: -2, width, height });
        const expected = new Set(
          bits.flatMap((bit, at) =>
            bit === 1 ? [`${3 + (at % width)},${-2 + Math.floor(at / width)}`] : [],
          ),
        );
        if (mask === null) {
          expect(expected.size).toBe(0);
          return;
        }
        const { data, x, y, width: across } = rasterOfShape(mask);
        const found = new Set(
          [...data].flatMap((bit, at) =>
            bit === 1 ? [`${x + (at % across)},${y + Math.floor(at / across)}`] : [],
          ),
        );
        expect(found).toEqual(expected);
        const again = maskOfRowRuns(rowRunsOfMask(mask) ?? '', mask);
        expect(again).toEqual(mask);
      }),
      { numRuns: 300 },
    ));

  it('of a few numbers cost little, however large their window is', () => {
    const side = 60_000;
    const corner = maskOfRowRuns(`0, 1, ${side * side - 2}, 1`, { x: 0, y: 0, width: side, height: side });
    expect(corner).toMatchObject({ x: 0, y: 0, width: side, height: side });
    expect(maskOfRowRuns(`${side * side}`, { x: 0, y: 0, width: side, height: side })).toBeNull();
    expect(
      maskOfRowRuns(`${side}, ${side}, ${side * (side - 2)}`, { x: 0, y: 0, width: side, height: side }),
    ).toMatchObject({
      y: 1,
      width: side,
      height: 1,
    });
  });
});
