import { describe, expect, it } from 'vitest';
import { inkOf } from '../../../../renderer/canvas/ink';
import { bytesAtLevel, cellsOf, coloursOf, levelFor } from '../../../../renderer/canvas/mask-levels';
import { maskOfRaster } from '../../../../shared/geometry/mask-runs';

/** Runs of a picture in letters: `#` set, `.` not. */
function runs(...rows: readonly string[]) {
  const width = rows[0]?.length ?? 0;
  const data = Uint8Array.from(rows.join(''), (letter) => (letter === '#' ? 1 : 0));
  const mask = maskOfRaster({ x: 0, y: 0, width, height: rows.length, data });
  if (mask === null) throw new Error('Nothing is set.');
  return mask;
}

/** Cells as letters: `.` not set, `o` inside, `#` border. */
function letters({ width, height, data }: ReturnType<typeof cellsOf>): readonly string[] {
  return Array.from({ length: height }, (_, row) =>
    [...data.slice(row * width, (row + 1) * width)].map((cell) => '.o#'[cell]).join(''),
  );
}

describe('levels of detail of a mask', () => {
  it('are chosen so that no cell is larger than a screen px', () => {
    expect([4, 1, 0.51, 0.5, 0.34, 0.25, 0.1].map(levelFor)).toEqual([0, 0, 0, 1, 1, 2, 3]);
  });

  it('show pixels as they are at level 0, with their border', () => {
    const mask = runs('#####', '#####', '#####', '#####');
    expect(letters(cellsOf(mask, 0))).toEqual(['#####', '#ooo#', '#ooo#', '#####']);
  });

  it('count the edge of a hole as border', () => {
    const mask = runs('#####', '#####', '##.##', '#####', '#####');
    expect(letters(cellsOf(mask, 0))).toEqual(['#####', '#o#o#', '##.##', '#o#o#', '#####']);
  });

  it('keep what is thinner than a cell', () => {
    const mask = runs('#.......', '........', '........', '.......#');
    expect(letters(cellsOf(mask, 1))).toEqual(['#...', '...#']);
    expect(letters(cellsOf(mask, 2))).toEqual(['##']);
  });

  it('cover windows that are no multiple of a cell', () => {
    const mask = runs('#####', '#####', '#####');
    expect(letters(cellsOf(mask, 1))).toEqual(['###', '###']);
    expect(bytesAtLevel({ width: 5, height: 3 }, 1)).toBe(4 * 3 * 2);
  });

  it('follow a run over several columns', () => {
    // All of three columns but the first and the last pixel.
    const mask = runs('.##', '###', '##.');
    expect(letters(cellsOf(mask, 0))).toEqual(['.##', '#o#', '##.']);
  });
});

it('colours the inside with the opacity asked for and the border fully, when it is to be seen', () => {
  const cells = cellsOf(runs('###', '###', '###'), 0);
  const fill = inkOf('#102030', 0.5).rest;
  const shown = coloursOf(cells, fill, true);
  expect([...shown.slice(0, 4)]).toEqual([0x10, 0x20, 0x30, 255]);
  expect([...shown.slice(16, 20)]).toEqual([0x10, 0x20, 0x30, 128]);
  expect([...coloursOf(cells, fill, false).slice(0, 4)]).toEqual([0x10, 0x20, 0x30, 128]);
});
