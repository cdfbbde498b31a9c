import type { MaskRaster } from './mask-raster';
import type { Rect } from './rect';

/**
 * Set and unset pixels of a window of the picture as runs, column by column from its top-left (see `rle.ts` for `ends`).
 * What masks are worked on as: memory follows the length of the outline, not the area. Integers, image px.
 */
export interface MaskRuns {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly ends: Uint32Array;
}

/** Collects runs pixel after pixel, in order. */
export interface RunsBuilder {
  /** The next `length` pixels are set (1) or not (0). */
  append(value: number, length: number): void;
  /** The ends of what was appended. */
  finish(): Uint32Array;
}

export function createRunsBuilder(): RunsBuilder {
  let ends = new Uint32Array(64);
  let count = 0;
  let end = 0;
  return {
    append(value, length) {
      if (length <= 0) return;
      end += length;
      if (count > 0 && ((count - 1) & 1) === value) {
        ends[count - 1] = end;
        return;
      }
      if (count + 2 > ends.length) {
        const larger = new Uint32Array(ends.length * 2);
        larger.set(ends);
        ends = larger;
      }
      if ((count & 1) !== value) count += 1; // nothing unset before the first set pixel
      ends[count] = end;
      count += 1;
    },
    finish: () => ends.slice(0, count),
  };
}

/** The run that holds a pixel: the first whose end lies behind it. O(log runs). */
export function runAt(ends: Uint32Array, pixel: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ends[middle] ?? 0) > pixel) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whether the pixel in column `x` and row `y` of the picture is set; outside the window none is. */
export function isPixelSet(mask: MaskRuns, x: number, y: number): boolean {
  const column = x - mask.x;
  const row = y - mask.y;
  if (column < 0 || row < 0 || column >= mask.width || row >= mask.height) return false;
  return (runAt(mask.ends, column * mask.height + row) & 1) === 1;
}

/** How many pixels are set. */
export function countSetPixels({ ends }: MaskRuns): number {
  let count = 0;
  for (let run = 1; run < ends.length; run += 2) count += (ends[run] ?? 0) - (ends[run - 1] ?? 0);
  return count;
}

/** The smallest window around the set pixels, in image px; null when none is set. O(runs). */
export function boundsOfSetPixels(mask: MaskRuns): Rect | null {
  const { ends, height } = mask;
  let left = Number.POSITIVE_INFINITY;
  let right = -1;
  let top = height;
  let bottom = -1;
  for (let run = 1; run < ends.length; run += 2) {
    const first = ends[run - 1] ?? 0;
    const last = (ends[run] ?? 0) - 1;
    const firstColumn = Math.floor(first / height);
    const lastColumn = Math.floor(last / height);
    if (firstColumn < left) left = firstColumn;
    if (lastColumn > right) right = lastColumn;
    if (lastColumn > firstColumn) {
      // A run into the next column touches the bottom of one and the top of the other.
      top = 0;
      bottom = height - 1;
    } else {
      top = Math.min(top, first - firstColumn * height);
      bottom = Math.max(bottom, last - firstColumn * height);
    }
  }
  if (right < 0) return null;
  return { x: mask.x + left, y: mask.y + top, width: right - left + 1, height: bottom - top + 1 };
}

/** The same pixels seen through another window (integers, image px): cut where it is smaller, unset where it is larger. */
export function maskInWindow(mask: MaskRuns, window: Rect): MaskRuns {
  const builder = createRunsBuilder();
  const above = Math.min(Math.max(mask.y - window.y, 0), window.height);
  const firstRow = Math.max(window.y - mask.y, 0);
  const endRow = Math.min(window.y + window.height - mask.y, mask.height);
  const kept = Math.max(endRow - firstRow, 0);
  for (let column = 0; column < window.width; column += 1) {
    const source = column + window.x - mask.x;
    if (kept === 0 || source < 0 || source >= mask.width) {
      builder.append(0, window.height);
      continue;
    }
    builder.append(0, above);
    appendPixels(builder, mask.ends, source * mask.height + firstRow, kept);
    builder.append(0, window.height - above - kept);
  }
  return { x: window.x, y: window.y, width: window.width, height: window.height, ends: builder.finish() };
}

/** The same pixels in the smallest window; null when none is set. */
export function tightMask(mask: MaskRuns): MaskRuns | null {
  const bounds = boundsOfSetPixels(mask);
  if (bounds === null) return null;
  const isTight = bounds.width === mask.width && bounds.height === mask.height;
  return isTight ? mask : maskInWindow(mask, bounds);
}

/** Appends `length` pixels from `from` on. */
function appendPixels(builder: RunsBuilder, ends: Uint32Array, from: number, length: number): void {
  const until = from + length;
  let at = from;
  for (let run = runAt(ends, from); at < until; run += 1) {
    const end = Math.min(ends[run] ?? until, until);
    builder.append(run & 1, end - at);
    at = end;
  }
}

/** Runs of a raster in the smallest window; null when no pixel is set. O(window). */
export function maskOfRaster(raster: MaskRaster): MaskRuns | null {
  const { width, height, data } = raster;
  const builder = createRunsBuilder();
  for (let column = 0; column < width; column += 1) {
    let start = 0;
    let value = data[column] ?? 0;
    let pixel = column;
    for (let row = 1; row < height; row += 1) {
      pixel += width;
      const next = data[pixel] ?? 0;
      if (next === value) continue;
      builder.append(value, row - start);
      start = row;
      value = next;
    }
    builder.append(value, height - start);
  }
  return tightMask({ x: raster.x, y: raster.y, width, height, ends: builder.finish() });
}

/** One byte a pixel, row by row; as many bytes as the window has pixels. */
export function rasterOfMask({ x, y, width, height, ends }: MaskRuns): MaskRaster {
  const data = new Uint8Array(width * height);
  for (let run = 1; run < ends.length; run += 2) {
    const end = ends[run] ?? 0;
    let pixel = ends[run - 1] ?? 0;
    let column = Math.floor(pixel / height);
    let row = pixel - column * height;
    for (; pixel < end; pixel += 1) {
      data[row * width + column] = 1;
      row += 1;
      if (row === height) {
        row = 0;
        column += 1;
      }
    }
  }
  return { x, y, width, height, data };
}
