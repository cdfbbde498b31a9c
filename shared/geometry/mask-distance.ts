import { type MaskRuns, runAt } from './mask-runs';

/**
 * Distance in image px from a place to the outline of the set pixels; 0 on it. That is the distance to the nearest
 * pixel of the other kind, found column by column outward: O(distance · log runs), never the window.
 */
export function distanceToMaskOutline(mask: MaskRuns, x: number, y: number): number {
  const u = x - mask.x;
  const v = y - mask.y;
  const { width, height } = mask;
  const column = Math.floor(u);
  const row = Math.floor(v);
  const isInWindow = column >= 0 && row >= 0 && column < width && row < height;
  const isSet = isInWindow && (runAt(mask.ends, column * height + row) & 1) === 1;
  // Everything outside the window is unset.
  let nearest = isSet ? Math.min(u, width - u, v, height - v) : Number.POSITIVE_INFINITY;
  const sought = isSet ? 0 : 1;
  const start = Math.min(Math.max(column, 0), width - 1);
  for (let step = 0; step < width; step += 1) {
    let isDone = true;
    for (const candidate of step === 0 ? [start] : [start - step, start + step]) {
      if (candidate < 0 || candidate >= width) continue;
      const dx = Math.max(candidate - u, u - candidate - 1, 0);
      if (dx >= nearest) continue;
      isDone = false;
      const dy = distanceInColumn(mask, candidate, v, sought);
      if (dy < nearest) nearest = Math.min(nearest, Math.hypot(dx, dy));
    }
    if (isDone) break;
  }
  return nearest;
}

/** Vertical distance from `v` to the nearest pixel of a kind in one column of the window. */
function distanceInColumn({ ends, height }: MaskRuns, column: number, v: number, sought: number): number {
  const top = column * height;
  const row = Math.min(Math.max(Math.floor(v), 0), height - 1);
  const run = runAt(ends, top + row);
  if ((run & 1) === sought) return Math.max(row - v, v - row - 1, 0);
  const below = ends[run] ?? 0;
  const above = run === 0 ? -1 : (ends[run - 1] ?? 0) - 1;
  const toBelow = below < top + height ? below - top - v : Number.POSITIVE_INFINITY;
  const toAbove = above >= top ? v - (above - top) - 1 : Number.POSITIVE_INFINITY;
  return Math.min(toBelow, toAbove);
}
