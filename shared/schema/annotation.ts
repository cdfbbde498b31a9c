import { z } from 'zod';
import { Actor, AnnotationId, AttributeId, LabelId, Timestamp } from './ids';
import { AttributeValue } from './label-schema';
import { Shape } from './shapes';

export const ANNOTATION_ORIGINS = ['person', 'import', 'model', 'sample'] as const;

/** One labelled object in one picture. Immutable: an edit makes a new record. */
export const Annotation = z.object({
  id: AnnotationId,
  labelId: LabelId,
  shape: Shape,
  attributes: z.record(AttributeId, AttributeValue),
  isLocked: z.boolean(),
  isHidden: z.boolean(),
  isOccluded: z.boolean(),
  isTruncated: z.boolean(),
  /** COCO's iscrowd: one shape around many objects that are not told apart. */
  isCrowd: z.boolean(),
  origin: z.enum(ANNOTATION_ORIGINS),
  createdBy: Actor,
  createdAt: Timestamp,
  updatedAt: Timestamp,
  /** Rises by one with every change to this object. */
  revision: z.number().int().min(0),
  /** Stays where it is when objects are dragged or nudged; its outline may still be changed. Absent: not pinned. */
  isPinned: z.boolean().optional(),
  /** What a person wants others to know of this object. Absent: nothing. */
  note: z.string().min(1).max(2000).optional(),
  /** Objects with the same id belong together (a rider and the bicycle). Absent: alone. */
  groupId: z.uuid().optional(),
  // Room for later capabilities; absent today.
  modelId: z.string().max(200).optional(),
  score: z.number().min(0).max(1).optional(),
  trackId: z.uuid().optional(),
  isKeyframe: z.boolean().optional(),
  isOutside: z.boolean().optional(),
});
export type Annotation = Readonly<z.infer<typeof Annotation>>;

export const IMAGE_STATES = ['unlabelled', 'inProgress', 'labelled', 'confirmedEmpty'] as const;
export const ImageState = z.enum(IMAGE_STATES);
export type ImageState = z.infer<typeof ImageState>;

/** Where the labelling of one picture stands, and who said so. Unlabelled is not the same as empty. */
export const ImageStatus = z.object({
  state: ImageState,
  /** Who last set the state by hand (confirmed empty, labelled), or null when it follows from the annotations. */
  decidedBy: Actor.nullable(),
  decidedAt: Timestamp.nullable(),
});
export type ImageStatus = Readonly<z.infer<typeof ImageStatus>>;

export const UNLABELLED_STATUS: ImageStatus = { state: 'unlabelled', decidedBy: null, decidedAt: null };
