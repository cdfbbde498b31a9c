import { z } from 'zod';
import { MAX_VERTICES, Vertex } from './coordinate';

/** One or more places in image px that make one object, e.g. the ends of a pole. */
export const PointsShape = z.object({
  type: z.literal('points'),
  points: z.array(Vertex).min(1).max(MAX_VERTICES).readonly(),
});
export type PointsShape = Readonly<z.infer<typeof PointsShape>>;
