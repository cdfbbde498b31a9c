import { appError } from '../result/app-error';
import { err, ok, type Result } from '../result/result';
import type { MaskRaster } from './mask-raster';
import type { ImagePoint } from './point';
import { intersectRects, type Rect, type Size, unionRects } from './rect';

/** Pixels of the largest window that is painted at once: one byte each, and room for a copy while it grows. */
export const MOST_PAINTED_PIXELS = 128 * 1024 * 1024;

/** A window grows by at least this much, in image px, so that a stroke does not copy it with every move. */
const LEAST_GROWTH = 128;

export type BrushShape = 'circle' | 'square';

/**
 * A raster with the same pixels whose window holds `needed` as far as the picture goes. The raster itself when it does
 * already; else a copy that is larger than asked on the sides that had to grow, up to the picture's border.
 * Refused when the window would have more than `MOST_PAINTED_PIXELS`.
 */
export function rasterCovering(raster: MaskRaster | null, needed: Rect, picture: Size): Result<MaskRaster> {
  const wanted = wholePixels(needed, picture);
  if (raster !== null && (wanted === null || isInside(wanted, raster))) return ok(raster);
  if (wanted === null) return ok({ x: 0, y: 0, width: 0, height: 0, data: new Uint8Array(0) });
  const isEmpty = raster === null || raster.width === 0 || raster.height === 0;
  const window = isEmpty ? wanted : unionRects(wanted, raster);
  if (window.width * window.height > MOST_PAINTED_PIXELS) {
    return err(
      appError(
        'edit.invalid-shape',
        `Painting here would need ${window.width} × ${window.height} px at once, more than fits in memory. ` +
          'Paint the far part as a mask of its own and merge the two.',
        { width: window.width, height: window.height },
      ),
    );
  }
  const roomy = withRoom(window, isEmpty ? window : raster, picture);
  const chosen = roomy.width * roomy.height > MOST_PAINTED_PIXELS ? window : roomy;
  const grown: MaskRaster = { ...chosen, data: new Uint8Array(chosen.width * chosen.height) };
  if (raster !== null) copyPixels(raster, grown);
  return ok(grown);
}

/** Sets the pixels of `target` to those of `source` where both windows meet. */
export function copyPixels(source: MaskRaster, target: MaskRaster): void {
  const common = intersectRects(source, target);
  if (common === null) return;
  for (let row = common.y; row < common.y + common.height; row += 1) {
    const from = (row - source.y) * source.width + common.x - source.x;
    target.data.set(
      source.data.subarray(from, from + common.width),
      (row - target.y) * target.width + common.x - target.x,
    );
  }
}

/** What a stroke of the brush touches, in image px: its window may be larger than the picture. */
export function boundsOfStroke(from: ImagePoint, to: ImagePoint, diameter: number): Rect {
  const reach = diameter / 2 + 1;
  const x = Math.floor(Math.min(from.x, to.x) - reach);
  const y = Math.floor(Math.min(from.y, to.y) - reach);
  return {
    x,
    y,
    width: Math.ceil(Math.max(from.x, to.x) + reach) - x,
    height: Math.ceil(Math.max(from.y, to.y) + reach) - y,
  };
}

/**
 * Sets the pixels to `value` whose centres a brush covers that is drawn from one place to another, and always those
 * that hold the two places. Only pixels of the raster's window; the raster is changed. O(pixels painted).
 * @param diameter of the circle, or side of the square, in image px
 * @returns what may have changed, in image px; sides 0 when nothing of the stroke lies in the window
 */
export function stampStroke(
  raster: MaskRaster,
  from: ImagePoint,
  to: ImagePoint,
  diameter: number,
  shape: BrushShape,
  value: 0 | 1,
): Rect {
  const changed = intersectRects(boundsOfStroke(from, to, diameter), raster);
  if (changed === null) return { x: raster.x, y: raster.y, width: 0, height: 0 };
  const spanOf = shape === 'circle' ? circleSpan : squareSpan;
  for (let row = changed.y; row < changed.y + changed.height; row += 1) {
    const span = spanOf(from, to, diameter / 2, row + 0.5);
    if (span === null) continue;
    const first = Math.max(Math.ceil(span[0] - 0.5), raster.x);
    const last = Math.min(Math.floor(span[1] - 0.5), raster.x + raster.width - 1);
    if (last < first) continue;
    const start = (row - raster.y) * raster.width - raster.x;
    raster.data.fill(value, start + first, start + last + 1);
  }
  for (const { x, y } of [from, to]) {
    const column = Math.floor(x) - raster.x;
    const row = Math.floor(y) - raster.y;
    if (column < 0 || row < 0 || column >= raster.width || row >= raster.height) continue;
    raster.data[row * raster.width + column] = value;
  }
  return changed;
}

type Span = readonly [from: number, to: number];

/** Where a line at height `y` crosses what a circle of this radius sweeps. */
function circleSpan(from: ImagePoint, to: ImagePoint, radius: number, y: number): Span | null {
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  for (const centre of [from, to]) {
    const squared = radius * radius - (y - centre.y) ** 2;
    if (squared < 0) continue;
    const half = Math.sqrt(squared);
    left = Math.min(left, centre.x - half);
    right = Math.max(right, centre.x + half);
  }
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = Math.hypot(dx, dy);
  if (length > 0) {
    // The rectangle between the two circles, side by side.
    const across = { x: (-dy / length) * radius, y: (dx / length) * radius };
    const corners = [
      { x: from.x + across.x, y: from.y + across.y },
      { x: to.x + across.x, y: to.y + across.y },
      { x: to.x - across.x, y: to.y - across.y },
      { x: from.x - across.x, y: from.y - across.y },
    ];
    corners.forEach((a, index) => {
      const b = corners[(index + 1) % 4] ?? a;
      if (y < Math.min(a.y, b.y) || y > Math.max(a.y, b.y) || a.y === b.y) return;
      const x = a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x);
      left = Math.min(left, x);
      right = Math.max(right, x);
    });
  }
  return right < left ? null : [left, right];
}

/** Where a line at height `y` crosses what an upright square of this half side sweeps. */
function squareSpan(from: ImagePoint, to: ImagePoint, half: number, y: number): Span | null {
  const dy = to.y - from.y;
  let start = 0;
  let end = 1;
  if (dy === 0) {
    if (Math.abs(y - from.y) > half) return null;
  } else {
    const one = (y - half - from.y) / dy;
    const other = (y + half - from.y) / dy;
    start = Math.max(0, Math.min(one, other));
    end = Math.min(1, Math.max(one, other));
    if (end < start) return null;
  }
  const a = from.x + start * (to.x - from.x);
  const b = from.x + end * (to.x - from.x);
  return [Math.min(a, b) - half, Math.max(a, b) + half];
}

/** The pixels of the picture that a rectangle touches; null when none. */
function wholePixels(rect: Rect, picture: Size): Rect | null {
  const left = Math.max(Math.floor(rect.x), 0);
  const top = Math.max(Math.floor(rect.y), 0);
  const right = Math.min(Math.ceil(rect.x + rect.width), picture.width);
  const bottom = Math.min(Math.ceil(rect.y + rect.height), picture.height);
  if (!(right > left && bottom > top)) return null;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Half as much again on every side where `window` goes beyond `before`, inside the picture. */
function withRoom(window: Rect, before: Rect, picture: Size): Rect {
  const isFirst = window === before;
  const across = Math.max(LEAST_GROWTH, Math.round(before.width / 2));
  const down = Math.max(LEAST_GROWTH, Math.round(before.height / 2));
  const right = window.x + window.width;
  const bottom = window.y + window.height;
  const left = isFirst || window.x < before.x ? Math.min(window.x, Math.max(window.x - across, 0)) : window.x;
  const top = isFirst || window.y < before.y ? Math.min(window.y, Math.max(window.y - down, 0)) : window.y;
  const far =
    isFirst || right > before.x + before.width
      ? Math.max(right, Math.min(right + across, picture.width))
      : right;
  const low =
    isFirst || bottom > before.y + before.height
      ? Math.max(bottom, Math.min(bottom + down, picture.height))
      : bottom;
  return { x: left, y: top, width: far - left, height: low - top };
}

function isInside(inner: Rect, outer: Rect): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}
