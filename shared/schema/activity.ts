import { z } from 'zod';
import { ImageId, ProjectId } from './ids';

/** Somebody's work on an image on one day. */
export const Activity = z.object({
  projectId: ProjectId,
  /** `2026-11-30`, in the person's own time zone. */
  day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  /** The person's id, or `name:` and the name where there are no profiles. */
  personKey: z.string().min(1).max(300),
  personName: z.string().min(1).max(200),
  imageId: ImageId,
  /** Time on the Label screen, without idle times. */
  activeMs: z.number().min(0),
  /** Time on the Review screen, without idle times; absent where there was none. */
  reviewMs: z.number().min(0).optional(),
  /** By label id: objects that were drawn on the Label screen, and the active time from one to the next. */
  byLabel: z.record(z.string(), z.object({ shapes: z.number().int().min(0), ms: z.number().min(0) })),
});
export type Activity = Readonly<z.infer<typeof Activity>>;
