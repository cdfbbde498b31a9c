import { z } from 'zod';
import { Coordinate } from './coordinate';

/** At most this many vertices: ten times the largest polygon users of other tools report. */
export const MAX_POLYLINE_VERTICES = 60_000;

/** An open line through its vertices in image px, e.g. a road boundary. */
export const PolylineShape = z.object({
  type: z.literal('polyline'),
  points: z
    .array(z.object({ x: Coordinate, y: Coordinate }).readonly())
    .min(2)
    .max(MAX_POLYLINE_VERTICES)
    .readonly(),
});
export type PolylineShape = Readonly<z.infer<typeof PolylineShape>>;
