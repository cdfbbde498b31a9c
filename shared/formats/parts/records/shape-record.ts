import { tightMask } from '../../../geometry/mask-runs';
import { decodeRle } from '../../../geometry/rle';
import type { Shape } from '../../../schema/shapes';
import { isKnownShape } from '../../../schema/shapes/known-shape';

/**
 * A shape as JSON of another's making, taken only when it is exactly what the schema of shapes describes; a mask must
 * also decode, and fill its window. Null for all else.
 */
export function shapeFromRecord(value: unknown): Shape | null {
  if (!isKnownShape(value)) return null;
  const shape = value as Shape;
  switch (shape.type) {
    case 'mask': {
      const { x, y, width, height, rle } = shape;
      const ends = decodeRle(rle, width * height);
      if (ends === null) return null;
      const window = { x, y, width, height, ends };
      return tightMask(window) === window ? shape : null;
    }
    case 'skeleton':
      return shape.edges.every(([from, to]) => Math.max(from, to) < shape.joints.length) ? shape : null;
    default:
      return shape;
  }
}
