import type { Shape } from '../schema/shapes';
import { box } from './box/box';
import { polyline } from './polyline/polyline';
import type { ShapeBehaviour, ShapeRegistry } from './shape-behaviour';

export const SHAPES: ShapeRegistry = { box, polyline };

/** The behaviour of a shape's own type. */
export function behaviourOf<S extends Shape>(shape: S): ShapeBehaviour<S> {
  // The registry is keyed by type, so the entry found by a shape's type takes that shape; TypeScript cannot follow.
  return SHAPES[shape.type] as unknown as ShapeBehaviour<S>;
}
