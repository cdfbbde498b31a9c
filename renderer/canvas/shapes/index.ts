import type { Shape, ShapeType } from '../../../shared/schema/shapes';
import { boxView } from './box';
import { cuboidView } from './cuboid';
import { ellipseView } from './ellipse';
import { maskView } from './mask';
import { pointsView } from './points';
import { polygonView } from './polygon';
import { polylineView } from './polyline';
import { rotatedBoxView } from './rotated-box';
import type { ShapeView } from './shape-view';
import { skeletonView } from './skeleton';
import { tagView } from './tag';

export const SHAPE_VIEWS: { readonly [T in ShapeType]: ShapeView<Extract<Shape, { type: T }>> } = {
  box: boxView,
  'rotated-box': rotatedBoxView,
  polygon: polygonView,
  polyline: polylineView,
  points: pointsView,
  skeleton: skeletonView,
  ellipse: ellipseView,
  mask: maskView,
  cuboid: cuboidView,
  tag: tagView,
};

/** The view of a shape's own type. */
export function viewOf<S extends Shape>(shape: S): ShapeView<S> {
  // As behaviourOf: the entry found by a shape's type takes that shape; TypeScript cannot follow.
  return SHAPE_VIEWS[shape.type] as unknown as ShapeView<S>;
}
