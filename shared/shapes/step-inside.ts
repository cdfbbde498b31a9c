import type { Rect, Size } from '../geometry/rect';

/** A shape fills the picture although its bounds, summed in floats, are a hair wider; in image px. */
const HAIR_IN_IMAGE_PX = 1e-6;

/** The shortest step that brings bounds into the picture; null when they are larger than it. */
export function stepInside(bounds: Rect, image: Size): { readonly dx: number; readonly dy: number } | null {
  const dx = stepOnAxis(bounds.x, bounds.width, image.width);
  const dy = stepOnAxis(bounds.y, bounds.height, image.height);
  return dx === null || dy === null ? null : { dx, dy };
}

function stepOnAxis(start: number, length: number, imageLength: number): number | null {
  if (length > imageLength + HAIR_IN_IMAGE_PX) return null;
  if (start < 0) return -start;
  return Math.min(0, imageLength - length - start);
}
