import { type Affine, applyAffine } from './affine';
import { createRunsBuilder, type MaskRuns, rasterOfMask, runAt, tightMask } from './mask-runs';
import { imagePoint } from './point';
import { boundsOfPoints, type Rect } from './rect';

/** More pixels than the largest picture the app opens; a mask that would grow beyond stays as it is. */
const MOST_PIXELS = 400_000_000;
/** Larger masks are read by their runs, so that turning one does not need a byte a pixel. */
const MOST_RASTER_PIXELS = 16_000_000;
/** Corners this near to a whole pixel are meant to lie on it. */
const ROUNDING = 1e-6;

/** The same pixels moved by whole pixels. */
export function maskMoved(mask: MaskRuns, dx: number, dy: number): MaskRuns {
  return { ...mask, x: mask.x + dx, y: mask.y + dy };
}

/**
 * A mask after an affine map. Moves go by the nearest whole pixel and are exact; everything else takes for each new
 * pixel the old one under its centre (nearest neighbour), so it loses detail when it shrinks. Never empty.
 */
export function maskTransformed(mask: MaskRuns, transform: Affine): MaskRuns {
  const { a, b, c, d, e, f } = transform;
  if (a === 1 && b === 0 && c === 0 && d === 1) return maskMoved(mask, Math.round(e), Math.round(f));
  const window = windowAfter(mask, transform);
  const determinant = a * d - b * c;
  if (window.width * window.height > MOST_PIXELS || determinant === 0) return mask;
  const isSet = lookupIn(mask);
  const builder = createRunsBuilder();
  const { width, height } = mask;
  const dx = -c / determinant;
  const dy = a / determinant;
  for (let column = 0; column < window.width; column += 1) {
    const fromX = window.x + column + 0.5 - e;
    const fromY = window.y + 0.5 - f;
    const startX = (d * fromX - c * fromY) / determinant - mask.x;
    const startY = (a * fromY - b * fromX) / determinant - mask.y;
    let value = 0;
    let length = 0;
    for (let row = 0; row < window.height; row += 1) {
      const sourceColumn = Math.floor(startX + row * dx);
      const sourceRow = Math.floor(startY + row * dy);
      const isInside = sourceColumn >= 0 && sourceRow >= 0 && sourceColumn < width && sourceRow < height;
      const next = isInside ? isSet(sourceColumn, sourceRow) : 0;
      if (next !== value) {
        builder.append(value, length);
        value = next;
        length = 0;
      }
      length += 1;
    }
    builder.append(value, length);
  }
  return tightMask({ ...window, ends: builder.finish() }) ?? onePixel(window);
}

/** The quickest way to ask for single pixels: by a raster while that is small, else by the runs. */
function lookupIn(mask: MaskRuns): (column: number, row: number) => number {
  const { width, height, ends } = mask;
  if (width * height > MOST_RASTER_PIXELS) return (column, row) => runAt(ends, column * height + row) & 1;
  const { data } = rasterOfMask(mask);
  return (column, row) => data[row * width + column] ?? 0;
}

/** A mask drawn anew into a window of another size (integers, at least 1 × 1), never mirrored. */
export function maskScaledInto(mask: MaskRuns, window: Rect): MaskRuns {
  if (window.width === mask.width && window.height === mask.height) {
    return maskMoved(mask, window.x - mask.x, window.y - mask.y);
  }
  const scaleX = window.width / mask.width;
  const scaleY = window.height / mask.height;
  return maskTransformed(mask, {
    a: scaleX,
    b: 0,
    c: 0,
    d: scaleY,
    e: window.x - mask.x * scaleX,
    f: window.y - mask.y * scaleY,
  });
}

function windowAfter({ x, y, width, height }: MaskRuns, transform: Affine): Rect {
  const corners = [
    imagePoint(x, y),
    imagePoint(x + width, y),
    imagePoint(x + width, y + height),
    imagePoint(x, y + height),
  ].map((corner) => applyAffine(transform, corner.x, corner.y));
  const bounds = boundsOfPoints(corners) ?? { x, y, width, height };
  const left = Math.floor(bounds.x + ROUNDING);
  const top = Math.floor(bounds.y + ROUNDING);
  return {
    x: left,
    y: top,
    width: Math.max(Math.ceil(bounds.x + bounds.width - ROUNDING) - left, 1),
    height: Math.max(Math.ceil(bounds.y + bounds.height - ROUNDING) - top, 1),
  };
}

function onePixel({ x, y, width, height }: Rect): MaskRuns {
  const ends = new Uint32Array([0, 1]);
  return { x: x + Math.floor(width / 2), y: y + Math.floor(height / 2), width: 1, height: 1, ends };
}
