import { type Affine, scalingAbout } from '../../../shared/geometry/affine';
import { type ImagePoint, imagePoint } from '../../../shared/geometry/point';
import type { Rect } from '../../../shared/geometry/rect';
import type { Handle } from '../../../shared/shapes/shape-behaviour';
import { HANDLE_SIDES } from '../../../shared/shapes/side-handles';
import type { PointerInput } from '../../editor/editor';

/**
 * The scaling that brings one of the eight grips of `bounds` to a place: away from the opposite grip, with Alt about the
 * middle, with Shift by the same factor on both axes. Never mirrors, and leaves at least one px.
 */
export function scalingTo(
  bounds: Rect,
  handle: Handle,
  to: ImagePoint,
  { shift, alt }: Pick<PointerInput, 'shift' | 'alt'>,
): Affine {
  const side = HANDLE_SIDES.find(({ id }) => id === handle.id) ?? { x: 0.5, y: 0.5 };
  const fixed = imagePoint(
    bounds.x + (alt ? 0.5 : 1 - side.x) * bounds.width,
    bounds.y + (alt ? 0.5 : 1 - side.y) * bounds.height,
  );
  const x = factorOf(handle.at.x - fixed.x, to.x - fixed.x, bounds.width, side.x);
  const y = factorOf(handle.at.y - fixed.y, to.y - fixed.y, bounds.height, side.y);
  if (!shift) return scalingAbout(fixed, x ?? 1, y ?? 1);
  const both = x === null || (y !== null && Math.abs(y - 1) > Math.abs(x - 1)) ? (y ?? 1) : x;
  return scalingAbout(fixed, both, both);
}

/** Null on an axis that the grip does not move. At least one px of the frame is left. */
function factorOf(before: number, now: number, length: number, side: number): number | null {
  if (side === 0.5 || before === 0) return null;
  return Math.max(now / before, 1 / Math.max(length, 1));
}
