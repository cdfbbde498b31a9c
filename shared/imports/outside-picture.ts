import type { Size } from '../geometry/rect';
import type { Shape } from '../schema/shapes';
import { behaviourOf } from '../shapes';

/** True when no part of a shape is in a picture of this size. */
export function isOutside(shape: Shape, size: Size): boolean {
  const { bounds: boundsOf, cover } = behaviourOf(shape);
  if (cover === 'none') return false;
  const bounds = boundsOf(shape);
  // Points and lines on the edge have nothing outside.
  if (cover !== 'area') {
    return (
      bounds.x > size.width ||
      bounds.y > size.height ||
      bounds.x + bounds.width < 0 ||
      bounds.y + bounds.height < 0
    );
  }
  return (
    bounds.x >= size.width ||
    bounds.y >= size.height ||
    bounds.x + bounds.width <= 0 ||
    bounds.y + bounds.height <= 0
  );
}
