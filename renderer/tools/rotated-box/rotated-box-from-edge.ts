import { normalisedDegrees } from '../../../shared/geometry/affine';
import { distance, type ImagePoint } from '../../../shared/geometry/point';
import type { RotatedBoxShape } from '../../../shared/schema/shapes';

/** The box on the edge from `from` to `to` that reaches as far to either side as `side` lies; null when it is flat. */
export function rotatedBoxFromEdge(
  from: ImagePoint,
  to: ImagePoint,
  side: ImagePoint,
): RotatedBoxShape | null {
  const width = distance(from, to);
  if (width === 0) return null;
  const x = (to.x - from.x) / width;
  const y = (to.y - from.y) / width;
  // Along the normal, which is the direction of the edge turned a quarter clockwise.
  const reach = (side.x - from.x) * -y + (side.y - from.y) * x;
  if (reach === 0) return null;
  return {
    type: 'rotated-box',
    cx: (from.x + to.x) / 2 - (y * reach) / 2,
    cy: (from.y + to.y) / 2 + (x * reach) / 2,
    width,
    height: Math.abs(reach),
    rotation: normalisedDegrees((Math.atan2(y, x) * 180) / Math.PI),
  };
}
