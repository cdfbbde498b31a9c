import type { MaskRaster } from '../../../geometry/mask-raster';
import type { Rect } from '../../../geometry/rect';
import type { MaskShape } from '../../../schema/shapes';
import { LARGEST_SIDE } from '../../../schema/shapes/mask';
import { rasterOfShape, shapeOfRaster } from '../../../shapes/mask/mask-pixels';

/** One byte a pixel is held while a mask is turned from rows to columns. */
const MOST_PIXELS = 200_000_000;

/**
 * CVAT's runs of unset and set pixels in turn, row by row within the window, as numbers between commas. Ours go column by
 * column. Null when they do not fill the window, or nothing is set.
 */
export function maskOfRowRuns(text: string, { x, y, width, height }: Rect): MaskShape | null {
  if (!(width >= 1 && height >= 1 && width <= LARGEST_SIDE && height <= LARGEST_SIDE)) return null;
  const isFar = Math.abs(x) > LARGEST_SIDE || Math.abs(y) > LARGEST_SIDE;
  if (isFar || width * height > MOST_PIXELS) return null;
  const data = new Uint8Array(width * height);
  let pixel = 0;
  let value = 0;
  let run = 0;
  let digits = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const code = at === text.length ? COMMA : text.charCodeAt(at);
    if (code >= ZERO && code <= ZERO + 9) {
      run = run * 10 + code - ZERO;
      digits += 1;
      if (run > data.length) return null;
    } else if (code === COMMA) {
      if (digits === 0 || pixel + run > data.length) return null;
      if (value === 1) data.fill(1, pixel, pixel + run);
      pixel += run;
      value = 1 - value;
      run = 0;
      digits = 0;
    } else if (code !== BLANK) return null;
  }
  const raster: MaskRaster = { x, y, width, height, data };
  return pixel === data.length ? shapeOfRaster(raster) : null;
}

const ZERO = 48;
const COMMA = 44;
const BLANK = 32;

/** The runs of a mask row by row, or null when its window is too large to be turned in memory. */
export function rowRunsOfMask(mask: MaskShape): string | null {
  if (mask.width * mask.height > MOST_PIXELS) return null;
  const { data } = rasterOfShape(mask);
  const runs: number[] = [];
  let value = 0;
  let start = 0;
  for (let pixel = 0; pixel < data.length; pixel += 1) {
    if (data[pixel] === value) continue;
    runs.push(pixel - start);
    start = pixel;
    value = 1 - value;
  }
  runs.push(data.length - start);
  return runs.join(', ');
}
