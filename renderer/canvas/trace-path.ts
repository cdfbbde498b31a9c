import type { Camera } from '../../shared/geometry/camera';
import type { Vertex } from '../../shared/schema/shapes';

/** Vertices nearer than this to the one before are left out: a line through all of them looks the same. */
const NEAREST_IN_SCREEN_PX = 1;

/**
 * Adds a line through `points` (image px) to the context's path, in screen px. Work on the path grows with what is seen
 * of it: a coastline of 60,000 vertices that is 300 px wide on screen becomes a path of some hundred.
 */
export function tracePath(
  context: Pick<CanvasRenderingContext2D, 'moveTo' | 'lineTo' | 'closePath'>,
  points: readonly Vertex[],
  isClosed: boolean,
  { scale, offsetX, offsetY }: Camera,
): void {
  let lastX = Number.POSITIVE_INFINITY;
  let lastY = Number.POSITIVE_INFINITY;
  const last = points.length - 1;
  for (let i = 0; i <= last; i += 1) {
    const point = points[i];
    if (point === undefined) continue;
    const x = point.x * scale + offsetX;
    const y = point.y * scale + offsetY;
    const isNear =
      x - lastX < NEAREST_IN_SCREEN_PX &&
      lastX - x < NEAREST_IN_SCREEN_PX &&
      y - lastY < NEAREST_IN_SCREEN_PX &&
      lastY - y < NEAREST_IN_SCREEN_PX;
    // The end of an open line is where it is.
    if (isNear && (isClosed || i < last)) continue;
    if (i === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
    lastX = x;
    lastY = y;
  }
  if (isClosed) context.closePath();
}
