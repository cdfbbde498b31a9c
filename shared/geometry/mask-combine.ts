import { createRunsBuilder, type MaskRuns, maskInWindow, tightMask } from './mask-runs';
import { intersectRects, unionRects } from './rect';

/** Pixels set in either; null when none is. O(runs + columns). */
export function maskUnion(a: MaskRuns, b: MaskRuns): MaskRuns | null {
  const window = unionRects(a, b);
  return combined(maskInWindow(a, window), maskInWindow(b, window), (one, other) => one | other);
}

/** Pixels of `a` that are not set in `b`; null when none is left. */
export function maskDifference(a: MaskRuns, b: MaskRuns): MaskRuns | null {
  return combined(a, maskInWindow(b, a), (one, other) => one & ~other);
}

/** Pixels set in both; null when none is. */
export function maskIntersection(a: MaskRuns, b: MaskRuns): MaskRuns | null {
  const window = intersectRects(a, b);
  if (window === null || window.width === 0 || window.height === 0) return null;
  return combined(maskInWindow(a, window), maskInWindow(b, window), (one, other) => one & other);
}

/** Two masks of the same window, pixel by pixel. */
function combined(
  a: MaskRuns,
  b: MaskRuns,
  resultOf: (one: number, other: number) => number,
): MaskRuns | null {
  const builder = createRunsBuilder();
  const total = a.width * a.height;
  let at = 0;
  let runOfA = 0;
  let runOfB = 0;
  while (at < total) {
    while ((a.ends[runOfA] ?? total) <= at && runOfA < a.ends.length) runOfA += 1;
    while ((b.ends[runOfB] ?? total) <= at && runOfB < b.ends.length) runOfB += 1;
    const end = Math.min(a.ends[runOfA] ?? total, b.ends[runOfB] ?? total);
    builder.append(resultOf(runOfA & 1, runOfB & 1) & 1, end - at);
    at = end;
  }
  return tightMask({ x: a.x, y: a.y, width: a.width, height: a.height, ends: builder.finish() });
}
