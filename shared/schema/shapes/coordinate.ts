import { z } from 'zod';

/** The largest side of a picture in any format the app reads (JPEG's limit is 65,535), with room for a margin. */
export const LARGEST_COORDINATE = 1_000_000;

/** A finite coordinate in image px. It may lie outside the picture in imported data; the app's own edits clamp. */
export const Coordinate = z.number().min(-LARGEST_COORDINATE).max(LARGEST_COORDINATE);

/** A finite, positive length in image px. */
export const Extent = z.number().positive().max(LARGEST_COORDINATE);

/** A place in image px. */
export const Vertex = z.object({ x: Coordinate, y: Coordinate }).readonly();
export type Vertex = z.infer<typeof Vertex>;

/** Degrees clockwise as seen, in (-180, 180]. */
export const Rotation = z.number().gt(-180).max(180);

/** At most this many vertices a line or ring: ten times the largest polygon users of other tools report. */
export const MAX_VERTICES = 60_000;
