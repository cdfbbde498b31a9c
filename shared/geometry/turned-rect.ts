import { normalisedDegrees } from './affine';
import { convexHull } from './convex-hull';
import type { Place } from './polygon-part';
import { intoFrame, outOfFrame, type TurnedFrame } from './turned-frame';

/** A rectangle turned about its centre; `rotation` in degrees clockwise as seen, lengths in image px. */
export interface TurnedRect extends TurnedFrame {
  readonly width: number;
  readonly height: number;
}

/**
 * The turned rectangle of least area around points; one of its sides lies along a side of their convex hull (Freeman
 * and Shapira 1975). Null for no points. Rotation is in (-45, 45], so that width runs along. O(n log n + hull²).
 */
export function leastTurnedRect(points: readonly Place[]): TurnedRect | null {
  const hull = convexHull(points);
  let least: TurnedRect | null = null;
  for (const [index, from] of hull.entries()) {
    const to = hull[(index + 1) % hull.length] ?? from;
    const candidate = rectAlong(hull, (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI);
    if (least === null || candidate.width * candidate.height < least.width * least.height - 1e-9) {
      least = candidate;
    }
  }
  return least;
}

function rectAlong(points: readonly Place[], degrees: number): TurnedRect {
  // A quarter turn more or less gives the same rectangle with its sides swapped.
  const rotation = normalisedDegrees(degrees - 90 * Math.ceil((degrees - 45) / 90));
  const frame = { cx: 0, cy: 0, rotation };
  const own = points.map((point) => intoFrame(frame, point));
  const left = Math.min(...own.map(({ x }) => x));
  const right = Math.max(...own.map(({ x }) => x));
  const top = Math.min(...own.map(({ y }) => y));
  const bottom = Math.max(...own.map(({ y }) => y));
  const centre = outOfFrame(frame, (left + right) / 2, (top + bottom) / 2);
  return { cx: centre.x, cy: centre.y, rotation, width: right - left, height: bottom - top };
}
