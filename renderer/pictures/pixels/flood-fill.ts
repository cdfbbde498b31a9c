import type { MaskRaster } from '../../../shared/geometry/mask-raster';

/** RGBA pixels of a part of the picture. */
export interface PixelWindow {
  readonly rgba: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** What was found of alike pixels, with the smallest rectangle around them. */
interface Found {
  readonly data: Uint8Array;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/**
 * Pixels whose channels each differ by at most `tolerance` from the pixel at x, y, which must lie in the window; as a
 * raster no larger than they need, with its place in the window. Contiguous: those that hang together with it over edges
 * (not corners). O(window), one byte a pixel.
 */
export function similarPixels(
  window: PixelWindow,
  x: number,
  y: number,
  { tolerance, isContiguous }: { readonly tolerance: number; readonly isContiguous: boolean },
): MaskRaster {
  const found: Found = {
    data: new Uint8Array(window.width * window.height),
    left: x,
    top: y,
    right: x,
    bottom: y,
  };
  const isAlike = comparison(window.rgba, (y * window.width + x) * 4, tolerance);
  if (isContiguous) fillFrom(window, found, x, y, isAlike);
  else fillAll(window, found, isAlike);
  return cropped(found, window.width);
}

type IsAlike = (at: number) => boolean;

function comparison(rgba: Uint8ClampedArray, seed: number, tolerance: number): IsAlike {
  const red = rgba[seed] ?? 0;
  const green = rgba[seed + 1] ?? 0;
  const blue = rgba[seed + 2] ?? 0;
  return (at) =>
    Math.abs((rgba[at * 4] ?? 0) - red) <= tolerance &&
    Math.abs((rgba[at * 4 + 1] ?? 0) - green) <= tolerance &&
    Math.abs((rgba[at * 4 + 2] ?? 0) - blue) <= tolerance;
}

function fillAll({ width, height }: PixelWindow, found: Found, isAlike: IsAlike): void {
  for (let y = 0; y < height; y++) {
    let from = -1;
    for (let x = 0; x < width; x++) {
      if (isAlike(y * width + x)) {
        if (from < 0) from = x;
      } else if (from >= 0) {
        setRow(found, width, y, from, x - 1);
        from = -1;
      }
    }
    if (from >= 0) setRow(found, width, y, from, width - 1);
  }
}

/** Row by row: a stretch is set whole, and the stretches above and below it that touch it come next. */
function fillFrom(window: PixelWindow, found: Found, x: number, y: number, isAlike: IsAlike): void {
  const { width, height } = window;
  const stack: number[] = [y * width + x];
  for (let seed = stack.pop(); seed !== undefined; seed = stack.pop()) {
    if (found.data[seed] === 1) continue;
    const row = Math.floor(seed / width);
    const start = row * width;
    const end = start + width - 1;
    let left = seed;
    let right = seed;
    while (left > start && isAlike(left - 1)) left -= 1;
    while (right < end && isAlike(right + 1)) right += 1;
    setRow(found, width, row, left - start, right - start);
    for (const step of [-width, width]) {
      if (row === (step < 0 ? 0 : height - 1)) continue;
      let isInStretch = false;
      for (let at = left + step; at <= right + step; at++) {
        const isOpen = found.data[at] === 0 && isAlike(at);
        if (isOpen && !isInStretch) stack.push(at);
        isInStretch = isOpen;
      }
    }
  }
}

function setRow(found: Found, width: number, y: number, from: number, to: number): void {
  found.data.fill(1, y * width + from, y * width + to + 1);
  if (from < found.left) found.left = from;
  if (to > found.right) found.right = to;
  if (y < found.top) found.top = y;
  if (y > found.bottom) found.bottom = y;
}

function cropped({ data, left, top, right, bottom }: Found, stride: number): MaskRaster {
  const width = right - left + 1;
  const height = bottom - top + 1;
  const tight = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (top + y) * stride + left;
    tight.set(data.subarray(from, from + width), y * width);
  }
  return { x: left, y: top, width, height, data: tight };
}
