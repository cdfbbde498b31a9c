import { z } from 'zod';
import { SHAPE_TYPES, Shape } from '../../shared/schema/shapes';

/** The columns of annotations.parquet that say what was drawn. */
export const ShapeColumns = {
  shape_type: z.enum(SHAPE_TYPES),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
  points: z.array(z.object({ x: z.number(), y: z.number() })).nullable(),
  geometry: z.string().nullable(),
};
const ShapeRow = z.object(ShapeColumns);

/** Throws when `geometry` is no shape, which the hash of the file rules out for versions that this program wrote. */
export function shapeOfRow({ x, y, width, height, points, geometry }: z.infer<typeof ShapeRow>): Shape {
  if (geometry !== null) return Shape.parse(JSON.parse(geometry));
  // Millions of these pass: the row was checked, so the shape is put together without being parsed again.
  return points === null ? { type: 'box', x, y, width, height } : { type: 'polyline', points };
}
