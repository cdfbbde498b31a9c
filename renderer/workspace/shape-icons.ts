import {
  Brush,
  Circle,
  Cuboid,
  Diamond,
  type LucideIcon,
  Pentagon,
  PersonStanding,
  Spline,
  SquareDashed,
  Tag,
  Waypoints,
} from 'lucide-react';
import type { ShapeType } from '../../shared/schema/shapes';

/** One icon a shape, the same in the tool rail and in lists. */
export const SHAPE_ICONS: Readonly<Record<ShapeType, LucideIcon>> = {
  box: SquareDashed,
  'rotated-box': Diamond,
  polygon: Pentagon,
  polyline: Spline,
  points: Waypoints,
  skeleton: PersonStanding,
  ellipse: Circle,
  mask: Brush,
  cuboid: Cuboid,
  tag: Tag,
};
