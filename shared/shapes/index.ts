import type { Shape } from '../schema/shapes';
import { box } from './box/box';
import { cuboid } from './cuboid/cuboid';
import { ellipse } from './ellipse/ellipse';
import { mask } from './mask/mask';
import { points } from './points/points';
import { polygon } from './polygon/polygon';
import { polyline } from './polyline/polyline';
import { rotatedBox } from './rotated-box/rotated-box';
import type { ShapeBehaviour, ShapeRegistry } from './shape-behaviour';
import { skeleton } from './skeleton/skeleton';
import { tag } from './tag/tag';

export const SHAPES: ShapeRegistry = {
  box,
  'rotated-box': rotatedBox,
  polygon,
  polyline,
  points,
  skeleton,
  ellipse,
  mask,
  cuboid,
  tag,
};

/** The behaviour of a shape's own type. */
export function behaviourOf<S extends Shape>(shape: S): ShapeBehaviour<S> {
  // The registry is keyed by type, so the entry found by a shape's type takes that shape; TypeScript cannot follow.
  return SHAPES[shape.type] as unknown as ShapeBehaviour<S>;
}
