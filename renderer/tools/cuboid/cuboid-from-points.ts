import { type ImagePoint, imagePoint } from '../../../shared/geometry/point';
import { clamp, rectFromCorners, type Size } from '../../../shared/geometry/rect';
import type { CuboidShape } from '../../../shared/schema/shapes';

/**
 * The near face between two corners, and the far face of the same size: the corner that was at `to` is at `depth`.
 * The far face is kept inside the picture. Null without a depth.
 */
export function cuboidFromPoints(
  from: ImagePoint,
  to: ImagePoint,
  depth: ImagePoint,
  size: Size,
): CuboidShape | null {
  const { x, y, width, height } = rectFromCorners(from, to);
  const dx = clamp(depth.x - to.x, -x, size.width - x - width);
  const dy = clamp(depth.y - to.y, -y, size.height - y - height);
  if (Math.hypot(dx, dy) < 1) return null;
  const face = (left: number, top: number) =>
    [
      imagePoint(left, top),
      imagePoint(left + width, top),
      imagePoint(left + width, top + height),
      imagePoint(left, top + height),
    ] as const;
  return { type: 'cuboid', front: face(x, y), back: face(x + dx, y + dy) };
}
