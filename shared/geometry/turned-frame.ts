import { sineAndCosine } from './affine';
import { type ImagePoint, imagePoint } from './point';

/** Axes of its own about a centre in image px, turned clockwise as seen by `rotation` degrees. */
export interface TurnedFrame {
  readonly cx: number;
  readonly cy: number;
  readonly rotation: number;
}

/** From the frame's own axes to image px. */
export function outOfFrame({ cx, cy, rotation }: TurnedFrame, x: number, y: number): ImagePoint {
  const { sin, cos } = sineAndCosine(rotation);
  return imagePoint(cx + cos * x - sin * y, cy + sin * x + cos * y);
}

/** From image px to the frame's own axes. */
export function intoFrame({ cx, cy, rotation }: TurnedFrame, { x, y }: ImagePoint): ImagePoint {
  const { sin, cos } = sineAndCosine(rotation);
  return imagePoint(cos * (x - cx) + sin * (y - cy), cos * (y - cy) - sin * (x - cx));
}

/** Corners of a rectangle that is centred in the frame, clockwise from the frame's top-left one. */
export function turnedCorners(
  frame: TurnedFrame,
  width: number,
  height: number,
): readonly [ImagePoint, ImagePoint, ImagePoint, ImagePoint] {
  return [
    outOfFrame(frame, -width / 2, -height / 2),
    outOfFrame(frame, width / 2, -height / 2),
    outOfFrame(frame, width / 2, height / 2),
    outOfFrame(frame, -width / 2, height / 2),
  ];
}
