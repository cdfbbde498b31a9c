import { z } from 'zod';
import { BoxShape } from './box';
import { PolylineShape } from './polyline';

/** What an annotation can be drawn as. A new shape is one file here and one folder in shared/shapes. */
export const Shape = z.discriminatedUnion('type', [BoxShape, PolylineShape]);
export type Shape = BoxShape | PolylineShape;
export type ShapeType = Shape['type'];
export const SHAPE_TYPES = ['box', 'polyline'] as const satisfies readonly ShapeType[];
export { BoxShape, PolylineShape };
