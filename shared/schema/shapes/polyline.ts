import { z } from 'zod';
import { MAX_VERTICES, Vertex } from './coordinate';

/** An open line through its vertices in image px, e.g. a road boundary. */
export const PolylineShape = z.object({
  type: z.literal('polyline'),
  points: z.array(Vertex).min(2).max(MAX_VERTICES).readonly(),
});
export type PolylineShape = Readonly<z.infer<typeof PolylineShape>>;
