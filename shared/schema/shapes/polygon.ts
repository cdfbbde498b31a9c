import { z } from 'zod';
import { MAX_VERTICES, Vertex } from './coordinate';

/** At most this many parts of a polygon, and holes of a part. */
export const MAX_RINGS = 10_000;

/** A closed ring; the last vertex joins the first and is not repeated. */
export const Ring = z.array(Vertex).min(3).max(MAX_VERTICES).readonly();
export type Ring = z.infer<typeof Ring>;

/** An outline with the holes cut out of it. */
export const PolygonPart = z
  .object({ exterior: Ring, holes: z.array(Ring).max(MAX_RINGS).readonly() })
  .readonly();
export type PolygonPart = z.infer<typeof PolygonPart>;

/**
 * An area in image px. Usually one part; more when one object is seen in pieces (a car behind a pole), as COCO's
 * segmentation lists them. Direction of rings means nothing.
 */
export const PolygonShape = z.object({
  type: z.literal('polygon'),
  parts: z.array(PolygonPart).min(1).max(MAX_RINGS).readonly(),
});
export type PolygonShape = Readonly<z.infer<typeof PolygonShape>>;
