import { clamp, type Rect, type Size, unionRects } from '../../geometry/rect';
import { ok, type Result } from '../../result/result';
import type { Annotation } from '../../schema/annotation';
import type { Shape } from '../../schema/shapes';
import { behaviourOf } from '../../shapes';

/** Adding and subtracting floats may leave a shape this far outside without anybody having put it there, in image px. */
const HAIR = 1e-6;

/** The smallest rectangle around objects, which must be some. O(vertices). */
export function boundsTogether(annotations: readonly Annotation[]): Rect {
  return annotations.map(({ shape }): Rect => behaviourOf(shape).bounds(shape)).reduce(unionRects);
}

/** The picture, widened to what lay outside of it before (an import): nothing may go further out, nothing is forced in. */
export function roomFor(bounds: Rect, image: Size): Rect {
  return unionRects(bounds, { x: 0, y: 0, width: image.width, height: image.height });
}

/** The part of a wanted step in image px that keeps `bounds` inside the picture, or brings it nearer. */
export function stepInside(bounds: Rect, dx: number, dy: number, image: Size) {
  return {
    dx: stepOnAxis(dx, bounds.x, bounds.width, image.width),
    dy: stepOnAxis(dy, bounds.y, bounds.height, image.height),
  };
}

function stepOnAxis(step: number, start: number, length: number, imageLength: number): number {
  const lowest = Math.min(-start, 0);
  const highest = Math.max(imageLength - length - start, 0);
  const allowed = clamp(step, lowest, highest);
  // A shorter step could vanish in the last bit of a coordinate, and a change that changes nothing is none.
  return Math.abs(allowed) < HAIR ? 0 : allowed;
}

/** As `stepInside`, by whole px: pixels of a mask cannot lie between pixels, and what moves with it keeps beside it. */
export function wholeStepInside(bounds: Rect, dx: number, dy: number, image: Size) {
  const step = stepInside(bounds, Math.round(dx), Math.round(dy), image);
  return { dx: Math.trunc(step.dx), dy: Math.trunc(step.dy) };
}

export function isInside(shape: Shape, image: Size): boolean {
  const bounds = behaviourOf(shape).bounds(shape);
  return (
    bounds.x >= -HAIR &&
    bounds.y >= -HAIR &&
    bounds.x + bounds.width <= image.width + HAIR &&
    bounds.y + bounds.height <= image.height + HAIR
  );
}

/** A shape after it was carried: what was inside the picture before is brought back by the hair it may have left it. */
export function keptInside(before: Shape, after: Shape, image: Size): Result<Shape> {
  return isInside(before, image) ? behaviourOf(after).fitted(after, image) : ok(after);
}
