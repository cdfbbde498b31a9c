import { createRunsBuilder, type RunsBuilder, tightMask } from '../../../geometry/mask-runs';
import type { Size } from '../../../geometry/rect';
import type { MaskShape } from '../../../schema/shapes';
import { runsOfShape, shapeOfRuns } from '../../../shapes/mask/mask-pixels';

/** One number a pixel, row by row. */
export type PixelValues = Uint8Array | Uint16Array | Uint32Array;

/** More different values than this are a photo, not a mask: each would become an object. */
const MOST_VALUES = 100_000;

/**
 * The pixels of each value as one mask, in ascending order of value; null when there are more values than any mask has.
 * Cost: one look at each pixel, and memory of the outlines' length.
 * @param isWanted false for values that stand for nothing, such as the background.
 */
export function masksOfValues(
  values: PixelValues,
  { width, height }: Size,
  isWanted: (value: number) => boolean,
): ReadonlyMap<number, MaskShape> | null {
  const byValue = new Map<number, { readonly runs: RunsBuilder; end: number }>();
  const unwanted = new Set<number>();
  const append = (value: number, from: number, to: number): boolean => {
    let own = byValue.get(value);
    if (own === undefined) {
      if (unwanted.has(value)) return true;
      if (!isWanted(value)) {
        if (unwanted.size < MOST_VALUES) unwanted.add(value);
        return true;
      }
      if (byValue.size === MOST_VALUES) return false;
      own = { runs: createRunsBuilder(), end: 0 };
      byValue.set(value, own);
    }
    own.runs.append(0, from - own.end);
    own.runs.append(1, to - from);
    own.end = to;
    return true;
  };
  for (let column = 0; column < width; column += 1) {
    let start = column * height;
    let value = values[column] ?? 0;
    for (let row = 1, pixel = column + width; row < height; row += 1, pixel += width) {
      const next = values[pixel] ?? 0;
      if (next === value) continue;
      if (!append(value, start, column * height + row)) return null;
      start = column * height + row;
      value = next;
    }
    if (!append(value, start, (column + 1) * height)) return null;
  }
  const masks = new Map<number, MaskShape>();
  for (const value of [...byValue.keys()].sort((a, b) => a - b)) {
    const own = byValue.get(value);
    if (own === undefined) continue;
    own.runs.append(0, width * height - own.end);
    const tight = tightMask({ x: 0, y: 0, width, height, ends: own.runs.finish() });
    if (tight !== null) masks.set(value, shapeOfRuns(tight));
  }
  return masks;
}

/**
 * Gives the pixels of a mask a value; what lies outside the picture is passed over. Returns how many pixels of the mask
 * had another value than `free` before, which are lost to whatever was there.
 */
export function paintMask(
  values: PixelValues,
  size: Size,
  mask: MaskShape,
  value: number,
  free = 0,
): { readonly painted: number; readonly covered: number } {
  const { ends, x, y, height } = runsOfShape(mask);
  let painted = 0;
  let covered = 0;
  for (let run = 1; run < ends.length; run += 2) {
    const end = ends[run] ?? 0;
    for (let at = ends[run - 1] ?? 0; at < end; at += 1) {
      const column = x + Math.floor(at / height);
      const row = y + (at % height);
      if (column < 0 || row < 0 || column >= size.width || row >= size.height) continue;
      const pixel = row * size.width + column;
      if (values[pixel] !== free && values[pixel] !== value) covered += 1;
      values[pixel] = value;
      painted += 1;
    }
  }
  return { painted, covered };
}
