import { normalisedDegrees, sineAndCosine } from '../geometry/affine';
import type { ImagePoint } from '../geometry/point';
import type { TurnedFrame } from '../geometry/turned-frame';
import type { Handle } from './shape-behaviour';

export const ROTATE_HANDLE_ID = 'rotate';

/** Far enough from the side's own grip that neither is taken for the other, in screen px. */
const DISTANCE_IN_SCREEN_PX = 26;

/** The grip that turns a shape, shown above the middle of its own top side. */
export function rotateHandle({ rotation }: TurnedFrame, middleOfTop: ImagePoint): Handle {
  const { sin, cos } = sineAndCosine(rotation);
  return {
    id: ROTATE_HANDLE_ID,
    at: middleOfTop,
    cursor: 'grab',
    away: { dx: sin * DISTANCE_IN_SCREEN_PX, dy: -cos * DISTANCE_IN_SCREEN_PX },
  };
}

/** The rotation with which a shape's top points to a place; as it was when the place is the centre itself. */
export function rotationTowards({ cx, cy, rotation }: TurnedFrame, to: ImagePoint): number {
  if (to.x === cx && to.y === cy) return rotation;
  return normalisedDegrees((Math.atan2(to.y - cy, to.x - cx) * 180) / Math.PI + 90);
}
