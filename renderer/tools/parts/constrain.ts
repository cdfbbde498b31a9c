import { type ImagePoint, imagePoint } from '../../../shared/geometry/point';
import { clamp, type Size } from '../../../shared/geometry/rect';
import type { Modifiers } from '../../editor/editor';

const ANGLE_STEP = Math.PI / 12;

/** The point on the nearest of the directions 0°, 15°, 30° … from `from`, as far along it as `to` reaches. */
export function onSteppedAngle(from: ImagePoint, to: ImagePoint): ImagePoint {
  const angle = Math.round(Math.atan2(to.y - from.y, to.x - from.x) / ANGLE_STEP) * ANGLE_STEP;
  const x = rounded(Math.cos(angle));
  const y = rounded(Math.sin(angle));
  const length = (to.x - from.x) * x + (to.y - from.y) * y;
  return imagePoint(from.x + length * x, from.y + length * y);
}

/** As `onSteppedAngle`, shortened where the direction would leave the picture. */
export function onSteppedAngleInside(from: ImagePoint, to: ImagePoint, size: Size): ImagePoint {
  const stepped = onSteppedAngle(from, to);
  const part = Math.min(
    reachable(from.x, stepped.x - from.x, size.width),
    reachable(from.y, stepped.y - from.y, size.height),
  );
  return imagePoint(
    clamp(from.x + part * (stepped.x - from.x), 0, size.width),
    clamp(from.y + part * (stepped.y - from.y), 0, size.height),
  );
}

/** Opposite corners of a rectangle drawn from `from` to `to`: with Shift a square, with Alt `from` is its middle. */
export function cornersOf(
  from: ImagePoint,
  to: ImagePoint,
  { shift, alt }: Pick<Modifiers, 'shift' | 'alt'>,
  size: Size,
): readonly [ImagePoint, ImagePoint] {
  if (!shift && !alt) return [from, to];
  const roomX = room(from.x, to.x, size.width, alt);
  const roomY = room(from.y, to.y, size.height, alt);
  let width = Math.min(Math.abs(to.x - from.x), roomX);
  let height = Math.min(Math.abs(to.y - from.y), roomY);
  if (shift) width = height = Math.min(Math.max(width, height), roomX, roomY);
  const dx = to.x < from.x ? -width : width;
  const dy = to.y < from.y ? -height : height;
  const first = alt ? imagePoint(from.x - dx, from.y - dy) : from;
  return [first, imagePoint(from.x + dx, from.y + dy)];
}

/** How far a side may go from `from` before it leaves the picture; both ways when it grows about its middle. */
function room(from: number, to: number, length: number, isBothWays: boolean): number {
  if (isBothWays) return Math.min(from, length - from);
  return to < from ? from : length - from;
}

/** The part, 0 to 1, of a way of `by` from `from` that lies between 0 and `length`. */
function reachable(from: number, by: number, length: number): number {
  if (by === 0) return 1;
  return clamp(((by > 0 ? length : 0) - from) / by, 0, 1);
}

/** Directions along the axes are exact: a cosine of 90° is 6e-17 in floats. */
function rounded(value: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) < 1e-12 ? whole : value;
}
