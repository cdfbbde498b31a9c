import { describe, expect, it } from 'vitest';
import {
  isTiled,
  levelForScale,
  pyramidLevels,
  tileRect,
  tileRectOnImage,
  tilesAround,
} from '../../../../shared/geometry/tile-pyramid';

describe('the pyramid of a huge picture', () => {
  it('halves, rounding up, until a level is no larger than an overview', () => {
    expect(pyramidLevels({ width: 20_001, height: 14_000 })).toEqual([
      { width: 20_001, height: 14_000, columns: 40, rows: 28 },
      { width: 10_001, height: 7000, columns: 20, rows: 14 },
      { width: 5001, height: 3500, columns: 10, rows: 7 },
      { width: 2501, height: 1750, columns: 5, rows: 4 },
    ]);
  });

  it('begins beyond 8,000 px a side or 100 MP', () => {
    expect(isTiled({ width: 8000, height: 8000 })).toBe(false);
    expect(isTiled({ width: 8001, height: 10 })).toBe(true);
    expect(isTiled({ width: 7999, height: 12_600 })).toBe(true);
  });

  it('cuts the tiles at the borders and knows none beyond', () => {
    const levels = pyramidLevels({ width: 9000, height: 1000 });
    expect(tileRect(levels, { level: 0, column: 17, row: 1 })).toEqual({
      x: 8704,
      y: 512,
      width: 296,
      height: 488,
    });
    expect(tileRect(levels, { level: 0, column: 18, row: 0 })).toBeNull();
    expect(tileRect(levels, { level: 0, column: -1, row: 0 })).toBeNull();
    expect(tileRect(levels, { level: 0, column: 0.5, row: 0 })).toBeNull();
    expect(tileRect(levels, { level: 9, column: 0, row: 0 })).toBeNull();
    expect(tileRectOnImage(levels, { level: 2, column: 1, row: 0 })).toEqual({
      x: 2048,
      y: 0,
      width: 2048,
      height: 1000,
    });
  });

  it('asks for what is seen and a ring around it, from the centre outwards', () => {
    const levels = pyramidLevels({ width: 20_000, height: 14_000 });
    const seen = { x: 5200, y: 5200, width: 900, height: 400 };
    const found = tilesAround(levels, 0, seen, 1);
    expect(found).toHaveLength(4 * 3);
    // 5200 to 6100 px are the columns 10 and 11 (its centre, 5650, lies in the second), 5200 to 5600 px the row 10.
    expect(found.slice(0, 2).map(({ column, row }) => [column, row])).toEqual([
      [11, 10],
      [10, 10],
    ]);
    expect(tilesAround(levels, 0, { x: -900, y: -900, width: 100, height: 100 }, 1)).toEqual([]);
    expect(tilesAround(levels, 0, { x: 19_900, y: 13_990, width: 900, height: 900 }, 1)).toHaveLength(3 * 2);
  });

  it('takes the level that is at least as fine as the screen', () => {
    const levels = pyramidLevels({ width: 20_000, height: 14_000 });
    const overview = 2500 / 20_000;
    expect(levelForScale(levels, 0.05, overview)).toBeNull();
    expect(levelForScale(levels, 0.126, overview)).toBe(2);
    expect(levelForScale(levels, 0.5, overview)).toBe(1);
    expect(levelForScale(levels, 0.51, overview)).toBe(0);
    expect(levelForScale(levels, 8, overview)).toBe(0);
  });
});
