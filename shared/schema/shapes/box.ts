import { z } from 'zod';
import { Coordinate, Extent } from './coordinate';

/** An axis-aligned bounding box in image px. */
export const BoxShape = z.object({
  type: z.literal('box'),
  x: Coordinate,
  y: Coordinate,
  width: Extent,
  height: Extent,
});
export type BoxShape = Readonly<z.infer<typeof BoxShape>>;
