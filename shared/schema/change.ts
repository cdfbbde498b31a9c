import { z } from 'zod';
import { Annotation, ImageStatus } from './annotation';
import { AnnotationLayer } from './annotation-layer';
import { Actor, ChangeId, ImageId, PersonId, ProjectId, Sha256, Timestamp } from './ids';
import { ImportedChangeBody, ImportedStateBody } from './imported-annotation';
import { LabelSchema } from './label-schema';
import { RecordKindName } from './project-records';
import { ReviewEvent } from './review';

export const CHANGE_ORIGINS = ['person', 'import', 'model', 'sample', 'undo', 'redo', 'restore'] as const;
export const ChangeOrigin = z.enum(CHANGE_ORIGINS);
export type ChangeOrigin = z.infer<typeof ChangeOrigin>;

/** What an edit did to one picture's annotations. */
export const AnnotationChangeBody = z.object({
  kind: z.literal('annotations'),
  added: z.array(Annotation),
  updated: z.array(z.tuple([Annotation, Annotation])),
  removed: z.array(Annotation),
  /** Annotation ids in drawing order before and after, only when the order changed beyond append and remove. */
  order: z.tuple([z.array(z.string()), z.array(z.string())]).nullable(),
  status: z.tuple([ImageStatus, ImageStatus]).nullable(),
});

export const SchemaChangeBody = z.object({
  kind: z.literal('schema'),
  before: LabelSchema,
  after: LabelSchema,
});

const projectFace = z.object({
  name: z.string(),
  archivedAt: Timestamp.nullable(),
  deletedAt: Timestamp.nullable(),
});
export const ProjectChangeBody = z.object({
  kind: z.literal('project'),
  before: projectFace.nullable(),
  after: projectFace.nullable(),
});

/** Head of a change that spans many images; each image's own record carries the same group id. */
export const GroupChangeBody = z.object({
  kind: z.literal('group'),
  imageCount: z.number().int(),
  annotationCount: z.number().int(),
  schema: z.tuple([LabelSchema, LabelSchema]).nullable(),
});

/** What was done in the review of some images: the same events for each of them, with the same ids. */
export const ReviewChangeBody = z.object({
  kind: z.literal('review'),
  imageIds: z.array(ImageId).min(1).max(1_000_000),
  events: z.array(ReviewEvent).min(1),
});

/** A record of the project that is neither image nor label: policy, batch, waiver, package, conflict. */
export const RecordChangeBody = z.object({
  kind: z.literal('record'),
  record: RecordKindName,
  id: z.string().min(1).max(1000),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
});

/** A layer that came, changed or went; its annotations have lines of their own under its id. */
export const LayerChangeBody = z.object({
  kind: z.literal('layer'),
  before: AnnotationLayer.nullable(),
  after: AnnotationLayer.nullable(),
});

export const ChangeBody = z.discriminatedUnion('kind', [
  AnnotationChangeBody,
  SchemaChangeBody,
  ProjectChangeBody,
  GroupChangeBody,
  ImportedChangeBody,
  ImportedStateBody,
  ReviewChangeBody,
  RecordChangeBody,
  LayerChangeBody,
]);
export type ChangeBody = z.infer<typeof ChangeBody>;

/**
 * One line of the append-only journal. `hash` covers every other field, `previousHash` is the hash of the
 * project's change before it: altering or dropping a line breaks every hash after it.
 */
export const ChangeRecord = z.object({
  seq: z.number().int().min(1),
  id: ChangeId,
  projectId: ProjectId,
  imageId: ImageId.nullable(),
  /** What undo on a screen may reach: `image:<id>`, `project:<id>` or `app`. */
  scope: z.string(),
  groupId: ChangeId.nullable(),
  at: Timestamp,
  actor: Actor,
  /** The profile of who did it. Absent where there are no profiles, and in lines older than profiles. */
  personId: PersonId.optional(),
  origin: ChangeOrigin,
  /** For machines, e.g. `annotation.create`. */
  code: z.string(),
  /** For people, e.g. `Draw Car`. */
  label: z.string(),
  /** For undo and redo: the change that was taken back or done again. */
  targetId: ChangeId.nullable(),
  body: ChangeBody,
  previousHash: Sha256.nullable(),
  hash: Sha256,
});
export type ChangeRecord = Readonly<z.infer<typeof ChangeRecord>>;

/** What was read back after a commit: proof of what is stored for one image. */
export const SaveReceipt = z.object({
  imageId: ImageId,
  revision: z.number().int().min(0),
  count: z.number().int().min(0),
  hash: Sha256,
});
export type SaveReceipt = Readonly<z.infer<typeof SaveReceipt>>;

/** All annotations of one image, one record. */
export const AnnotationSet = z.object({
  imageId: ImageId,
  projectId: ProjectId,
  revision: z.number().int().min(0),
  annotations: z.array(Annotation),
  status: ImageStatus,
});
export type AnnotationSet = Readonly<z.infer<typeof AnnotationSet>>;
