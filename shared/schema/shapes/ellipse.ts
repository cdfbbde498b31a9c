import { z } from 'zod';
import { Coordinate, Extent, Rotation } from './coordinate';

/** An ellipse by its centre and half axes in image px, turned about its centre. */
export const EllipseShape = z.object({
  type: z.literal('ellipse'),
  cx: Coordinate,
  cy: Coordinate,
  rx: Extent,
  ry: Extent,
  rotation: Rotation,
});
export type EllipseShape = Readonly<z.infer<typeof EllipseShape>>;
