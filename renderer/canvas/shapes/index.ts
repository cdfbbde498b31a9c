import type { Shape, ShapeType } from '../../../shared/schema/shapes';
import { boxView } from './box';
import { polylineView } from './polyline';
import type { ShapeView } from './shape-view';

export const SHAPE_VIEWS: { readonly [T in ShapeType]: ShapeView<Extract<Shape, { type: T }>> } = {
  box: boxView,
  polyline: polylineView,
};

/** The view of a shape's own type. */
export function viewOf<S extends Shape>(shape: S): ShapeView<S> {
  // As behaviourOf: the entry found by a shape's type takes that shape; TypeScript cannot follow.
  return SHAPE_VIEWS[shape.type] as unknown as ShapeView<S>;
}
