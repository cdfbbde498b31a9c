import { z } from 'zod';
import { BoxShape } from './box';
import { CuboidShape } from './cuboid';
import { EllipseShape } from './ellipse';
import { MaskShape } from './mask';
import { PointsShape } from './points';
import { PolygonShape } from './polygon';
import { PolylineShape } from './polyline';
import { RotatedBoxShape } from './rotated-box';
import { SkeletonShape } from './skeleton';
import { TagShape } from './tag';

/** What an annotation can be drawn as. A new shape is one file here and one folder in shared/shapes. */
export const Shape = z.discriminatedUnion('type', [
  BoxShape,
  RotatedBoxShape,
  PolygonShape,
  PolylineShape,
  PointsShape,
  SkeletonShape,
  EllipseShape,
  MaskShape,
  CuboidShape,
  TagShape,
]);
export type Shape =
  | BoxShape
  | RotatedBoxShape
  | PolygonShape
  | PolylineShape
  | PointsShape
  | SkeletonShape
  | EllipseShape
  | MaskShape
  | CuboidShape
  | TagShape;
export type ShapeType = Shape['type'];
export const SHAPE_TYPES = [
  'box',
  'rotated-box',
  'polygon',
  'polyline',
  'points',
  'skeleton',
  'ellipse',
  'mask',
  'cuboid',
  'tag',
] as const satisfies readonly ShapeType[];
export type { Vertex } from './coordinate';
export type { PolygonPart, Ring } from './polygon';
export { type JointVisibility, SkeletonTemplate } from './skeleton';
export {
  BoxShape,
  CuboidShape,
  EllipseShape,
  MaskShape,
  PointsShape,
  PolygonShape,
  PolylineShape,
  RotatedBoxShape,
  SkeletonShape,
  TagShape,
};
