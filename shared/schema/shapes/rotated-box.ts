import { z } from 'zod';
import { Coordinate, Extent, Rotation } from './coordinate';

/** A rectangle turned about its centre, in image px; width runs along the direction that `rotation` turns x to. */
export const RotatedBoxShape = z.object({
  type: z.literal('rotated-box'),
  cx: Coordinate,
  cy: Coordinate,
  width: Extent,
  height: Extent,
  rotation: Rotation,
});
export type RotatedBoxShape = Readonly<z.infer<typeof RotatedBoxShape>>;
