import { encode } from 'fast-png';
import type { Size } from '../../../geometry/rect';
import type { MaskShape } from '../../../schema/shapes';
import { runsOfShape } from '../../../shapes/mask/mask-pixels';
import { masksOfValues, type PixelValues } from './mask-values';

/** Masks are long runs of one value, on which higher levels win little and cost much. */
const COMPRESSION_LEVEL = 4;

/**
 * A picture of `size` as a PNG of one bit a pixel, in which the pixels of the mask are white; what lies outside the
 * picture is passed over. Null when all of it does.
 */
export function encodeBinaryMask(mask: MaskShape, { width, height }: Size): Uint8Array | null {
  const bytesInARow = Math.ceil(width / 8);
  const data = new Uint8Array(bytesInARow * height);
  const runs = runsOfShape(mask);
  let painted = 0;
  for (let run = 1; run < runs.ends.length; run += 2) {
    const end = runs.ends[run] ?? 0;
    for (let at = runs.ends[run - 1] ?? 0; at < end; at += 1) {
      const column = runs.x + Math.floor(at / runs.height);
      const row = runs.y + (at % runs.height);
      if (column < 0 || row < 0 || column >= width || row >= height) continue;
      const byte = row * bytesInARow + (column >> 3);
      data[byte] = (data[byte] ?? 0) | (128 >> (column & 7));
      painted += 1;
    }
  }
  if (painted === 0) return null;
  return encode({ width, height, channels: 1, depth: 1, data }, { zlib: { level: COMPRESSION_LEVEL } });
}

/** All pixels that are not 0 as one mask, null when there are none. Only the window around them is looked at closely. */
export function maskOfSetPixels(values: PixelValues, { width, height }: Size): MaskShape | null {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let row = 0, at = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1, at += 1) {
      if (values[at] === 0) continue;
      if (column < left) left = column;
      if (column > right) right = column;
      if (row < top) top = row;
      bottom = row;
    }
  }
  if (right < 0) return null;
  const window = { width: right - left + 1, height: bottom - top + 1 };
  const cut = new Uint8Array(window.width * window.height);
  for (let row = 0, at = 0; row < window.height; row += 1) {
    const start = (top + row) * width + left;
    for (let column = 0; column < window.width; column += 1, at += 1) {
      if (values[start + column] !== 0) cut[at] = 1;
    }
  }
  const mask = masksOfValues(cut, window, (value) => value === 1)?.get(1);
  return mask === undefined ? null : { ...mask, x: left, y: top };
}
