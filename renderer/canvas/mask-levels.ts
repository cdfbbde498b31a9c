import type { MaskRuns } from '../../shared/geometry/mask-runs';
import type { Fill } from './ink';

/** A mask's window at a level of detail: one byte a cell of 2^level × 2^level image px, row by row. */
export interface MaskCells {
  readonly level: number;
  readonly width: number;
  readonly height: number;
  /** 0: nothing set; 1: set; 2: set and at the border of what is set. */
  readonly data: Uint8Array;
}

const INSIDE = 1;
const BORDER = 2;

/** The coarsest level at which a cell is still no larger than one screen px; 0 are the pixels themselves. */
export function levelFor(scale: number): number {
  return scale >= 1 ? 0 : Math.floor(Math.log2(1 / scale) + 1e-9);
}

/** Bytes that the bitmap of a window takes at a level. */
export function bytesAtLevel(
  window: { readonly width: number; readonly height: number },
  level: number,
): number {
  return 4 * cellsAlong(window.width, level) * cellsAlong(window.height, level);
}

/**
 * Cells of a mask; one holding any set pixel is set, so that thin things do not vanish when seen from afar.
 * O(runs + cells): never as much as the mask has pixels.
 */
export function cellsOf({ width, height, ends }: MaskRuns, level: number): MaskCells {
  const cells = {
    level,
    width: cellsAlong(width, level),
    height: cellsAlong(height, level),
    data: new Uint8Array(cellsAlong(width, level) * cellsAlong(height, level)),
  };
  for (let run = 1; run < ends.length; run += 2) {
    let from = ends[run - 1] ?? 0;
    const until = ends[run] ?? 0;
    while (from < until) {
      const column = Math.floor(from / height);
      const columnEnd = Math.min((column + 1) * height, until);
      const first = (from - column * height) >> level;
      const last = (columnEnd - 1 - column * height) >> level;
      let cell = first * cells.width + (column >> level);
      for (let row = first; row <= last; row += 1) {
        cells.data[cell] = INSIDE;
        cell += cells.width;
      }
      from = columnEnd;
    }
  }
  markBorder(cells);
  return cells;
}

function markBorder({ width, height, data }: MaskCells): void {
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const at = row * width + column;
      if (data[at] === 0) continue;
      const isBorder =
        row === 0 ||
        column === 0 ||
        row === height - 1 ||
        column === width - 1 ||
        data[at - 1] === 0 ||
        data[at + 1] === 0 ||
        data[at - width] === 0 ||
        data[at + width] === 0;
      if (isBorder) data[at] = BORDER;
    }
  }
}

/** Colours of cells, as `ImageData` takes them; the border is opaque when it is to be seen. */
export function coloursOf(
  cells: MaskCells,
  fill: Fill,
  isBorderShown: boolean,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint32Array(cells.data.length);
  const colour = (fill.blue << 16) | (fill.green << 8) | fill.red;
  const inside = (colour | (Math.round(fill.opacity * 255) << 24)) >>> 0;
  const border = isBorderShown ? (colour | 0xff_00_00_00) >>> 0 : inside;
  for (let i = 0; i < pixels.length; i += 1) {
    const cell = cells.data[i];
    if (cell !== 0) pixels[i] = cell === BORDER ? border : inside;
  }
  return new Uint8ClampedArray(pixels.buffer);
}

function cellsAlong(side: number, level: number): number {
  return Math.ceil(side / 2 ** level);
}
