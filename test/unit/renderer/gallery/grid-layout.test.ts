import { describe, expect, it } from 'vitest';
import { createGridLayout } from '../../../../renderer/gallery/grid-layout';
import { createScrollScale } from '../../../../renderer/gallery/scroll-scale';

const MEASURES = { width: 330, cellWidth: 100, cellHeight: 120, headerHeight: 40 };

/** Three columns of 110 px: 0 1 2 / 3 4. */
const plain = createGridLayout([{ count: 5, hasHeader: false }], MEASURES);
/** Header, 0 1 2 / 3, header, 4 5. */
const grouped = createGridLayout(
  [
    { count: 4, hasHeader: true },
    { count: 2, hasHeader: true },
  ],
  MEASURES,
);

describe('places', () => {
  it('fill the width and go row by row', () => {
    expect(plain.columns).toBe(3);
    expect(plain.height).toBe(240);
    expect(plain.rectOf(4)).toEqual({ x: 110, y: 120, width: 110, height: 120 });
    expect(plain.placeOf(4)).toEqual({ row: 1, column: 1 });
  });
  it('begin anew under each header', () => {
    expect(grouped.height).toBe(40 + 240 + 40 + 120);
    expect(grouped.rectOf(3)).toMatchObject({ x: 0, y: 160 });
    expect(grouped.rectOf(4)).toMatchObject({ x: 0, y: 320 });
    expect(grouped.placeOf(5)).toEqual({ row: 2, column: 1 });
    expect(grouped.rowCount).toBe(3);
    expect(grouped.headersBetween(0, 100)).toEqual([{ section: 0, top: 0 }]);
    expect(grouped.headersBetween(100, 400)).toEqual([{ section: 1, top: 280 }]);
  });
});

describe('what is at a point', () => {
  it('is an item, or none on headers and past ends of rows', () => {
    expect(plain.indexAt(115, 125)).toBe(4);
    expect(plain.indexAt(225, 125)).toBe(-1);
    expect(grouped.indexAt(5, 20)).toBe(-1);
    expect(grouped.indexAt(5, 45)).toBe(0);
    expect(grouped.indexAt(115, 200)).toBe(-1);
    expect(grouped.indexAt(115, 330)).toBe(5);
    expect(plain.indexAt(5, 500)).toBe(-1);
  });
  it('of a rectangle is all that it touches', () => {
    expect(plain.within({ x: 100, y: 100, width: 60, height: 60 })).toEqual([0, 1, 3, 4]);
    expect(grouped.within({ x: 0, y: 0, width: 50, height: 330 })).toEqual([0, 3, 4]);
    expect(plain.within({ x: 0, y: 300, width: 50, height: 30 })).toEqual([]);
  });
});

it('a band holds every item that touches it, and a row more at most', () => {
  for (let top = 0; top < 440; top += 7) {
    const { from, to } = grouped.between(top, top + 100);
    for (let index = 0; index < 6; index += 1) {
      const { y, height } = grouped.rectOf(index);
      if (y < top + 100 && y + height > top) expect(index >= from && index < to).toBe(true);
    }
    expect(to - from).toBeLessThanOrEqual(9);
  }
});

describe('keys', () => {
  it('go to neighbours and stop at ends', () => {
    expect(plain.step(1, 'right', 2)).toBe(2);
    expect(plain.step(4, 'right', 2)).toBe(4);
    expect(plain.step(0, 'left', 2)).toBe(0);
    expect(plain.step(0, 'down', 2)).toBe(3);
    expect(plain.step(4, 'up', 2)).toBe(1);
    expect(plain.step(0, 'last', 2)).toBe(4);
  });
  it('go over headers to the same column, or as near as the row goes', () => {
    expect(grouped.step(2, 'down', 2)).toBe(3);
    expect(grouped.step(3, 'down', 2)).toBe(4);
    expect(grouped.step(5, 'up', 2)).toBe(3);
    expect(grouped.step(0, 'pageDown', 2)).toBe(4);
  });
});

describe('more than a box can be high', () => {
  it('is scrolled through from its beginning to its end', () => {
    const scale = createScrollScale(90_000_000, 1000);
    expect(scale.boxHeight).toBe(30_000_000);
    expect(scale.topOf(0)).toBe(0);
    expect(scale.topOf(29_999_000)).toBeCloseTo(89_999_000, 0);
    expect(scale.scrollTopFor(89_999_000)).toBeCloseTo(29_999_000, 0);
  });
  it('is px for px below that', () => {
    const scale = createScrollScale(5000, 1000);
    expect(scale.topOf(123)).toBe(123);
    expect(scale.scrollTopFor(9999)).toBe(4000);
  });
});
