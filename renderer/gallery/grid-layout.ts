import type { Rect } from '../../shared/geometry/rect';

/** Consecutive items under a header; a grid without headers is one section without. */
export interface GridSection {
  readonly count: number;
  readonly hasHeader: boolean;
}

export interface GridMeasures {
  /** Inner width of the grid in CSS px. */
  readonly width: number;
  /** Least width of a cell, its gap included, and its height with what stands below the picture. CSS px. */
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly headerHeight: number;
}

export type Step = 'left' | 'right' | 'up' | 'down' | 'pageUp' | 'pageDown' | 'first' | 'last';

/**
 * Where the items of a grid lie: rows of equal cells, section after section. Everything is arithmetic over sections, so
 * that a million items cost nothing. Places are CSS px from the grid's upper left corner.
 */
export interface GridLayout {
  readonly columns: number;
  readonly count: number;
  readonly height: number;
  /** Rows of cells in the whole grid, headers not counted. */
  readonly rowCount: number;
  rectOf(index: number): Rect;
  /** Row (from 0, over all sections) and column of an item. */
  placeOf(index: number): { readonly row: number; readonly column: number };
  /** A half-open range that holds the items whose cells touch the band between two heights, and a row more at most. */
  between(top: number, bottom: number): { readonly from: number; readonly to: number };
  /** Sections whose headers touch the band, with their tops. */
  headersBetween(top: number, bottom: number): readonly { readonly section: number; readonly top: number }[];
  /** The item at a point, -1 where there is none. */
  indexAt(x: number, y: number): number;
  /** Items whose cells touch a rectangle, ascending. */
  within(rect: Rect): readonly number[];
  /** Where a key leads from an item; the item itself where it cannot lead on. `pageRows` are the rows of a screen. */
  step(index: number, step: Step, pageRows: number): number;
}

interface Placed extends GridSection {
  readonly first: number;
  readonly firstRow: number;
  readonly top: number;
  readonly rows: number;
}

export function createGridLayout(sections: readonly GridSection[], measures: GridMeasures): GridLayout {
  const { cellHeight, headerHeight } = measures;
  const columns = Math.max(1, Math.floor(measures.width / measures.cellWidth));
  // What is left over goes between the columns.
  const cellWidth = Math.max(measures.cellWidth, measures.width / columns);
  const placed: Placed[] = [];
  let top = 0;
  let first = 0;
  let firstRow = 0;
  for (const section of sections) {
    const rows = Math.ceil(section.count / columns);
    placed.push({ ...section, first, firstRow, top, rows });
    top += (section.hasHeader ? headerHeight : 0) + rows * cellHeight;
    first += section.count;
    firstRow += rows;
  }
  const count = first;
  const height = top;
  const rowCount = firstRow;

  const bodyTop = (section: Placed) => section.top + (section.hasHeader ? headerHeight : 0);
  const sectionOf = (index: number) => lastWhere(placed, ({ first: start }) => start <= index);
  const sectionAt = (y: number) => lastWhere(placed, ({ top: start }) => start <= y);

  /** First item of the row of a section, or of the next one, that ends below a height. */
  function firstBelow(y: number): number {
    const section = sectionAt(Math.max(0, y));
    if (section === null) return 0;
    const row = Math.max(0, Math.floor((y - bodyTop(section)) / cellHeight));
    return section.first + Math.min(section.count, row * columns);
  }

  function placeOf(index: number) {
    const section = sectionOf(index);
    const inside = index - (section?.first ?? 0);
    return {
      row: (section?.firstRow ?? 0) + Math.floor(inside / columns),
      column: inside % columns,
    };
  }

  function rectOf(index: number): Rect {
    const section = sectionOf(index);
    if (section === null) return { x: 0, y: 0, width: 0, height: 0 };
    const inside = index - section.first;
    return {
      x: (inside % columns) * cellWidth,
      y: bodyTop(section) + Math.floor(inside / columns) * cellHeight,
      width: cellWidth,
      height: cellHeight,
    };
  }

  function indexAt(x: number, y: number): number {
    const section = sectionAt(y);
    const column = Math.floor(x / cellWidth);
    if (section === null || y < bodyTop(section) || column < 0 || column >= columns || x < 0) return -1;
    const row = Math.floor((y - bodyTop(section)) / cellHeight);
    const inside = row * columns + column;
    return row < section.rows && inside < section.count ? section.first + inside : -1;
  }

  /** The item in a row counted over all sections, as near to a column as the row goes. */
  function inRow(row: number, column: number): number {
    const section = lastWhere(placed, ({ firstRow: start, count: items }) => start <= row && items > 0);
    if (section === null) return 0;
    const inside = Math.min(section.count - 1, (row - section.firstRow) * columns + column);
    return section.first + inside;
  }

  function between(from: number, to: number) {
    const start = firstBelow(from);
    return { from: start, to: Math.max(start, Math.min(count, firstBelow(to) + columns)) };
  }

  return {
    columns,
    count,
    height,
    rowCount,
    rectOf,
    placeOf,
    between,
    indexAt,

    headersBetween: (from, to) =>
      placed.flatMap((section, index) =>
        section.hasHeader && section.top < to && section.top + headerHeight > from
          ? [{ section: index, top: section.top }]
          : [],
      ),

    within(rect) {
      const { from, to } = between(rect.y, rect.y + rect.height);
      const found: number[] = [];
      for (let index = from; index < to; index += 1) {
        const cell = rectOf(index);
        const touches =
          cell.x < rect.x + rect.width &&
          cell.x + cell.width > rect.x &&
          cell.y < rect.y + rect.height &&
          cell.y + cell.height > rect.y;
        if (touches) found.push(index);
      }
      return found;
    },

    step(index, step, pageRows) {
      if (count === 0) return -1;
      const { row, column } = placeOf(index);
      const toRow = (wanted: number) => inRow(Math.min(rowCount - 1, Math.max(0, wanted)), column);
      switch (step) {
        case 'left':
          return Math.max(0, index - 1);
        case 'right':
          return Math.min(count - 1, index + 1);
        case 'up':
          return row === 0 ? index : toRow(row - 1);
        case 'down':
          return row === rowCount - 1 ? index : toRow(row + 1);
        case 'pageUp':
          return toRow(row - pageRows);
        case 'pageDown':
          return toRow(row + pageRows);
        case 'first':
          return 0;
        case 'last':
          return count - 1;
      }
    },
  };
}

/** The last entry for which `isBefore` holds, by bisection; it must hold for a beginning of the list only. */
function lastWhere<Entry>(entries: readonly Entry[], isBefore: (entry: Entry) => boolean): Entry | null {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = entries[middle];
    if (entry !== undefined && isBefore(entry)) low = middle + 1;
    else high = middle;
  }
  return entries[low - 1] ?? null;
}
