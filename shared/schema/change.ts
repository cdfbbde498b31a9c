import { z } from 'zod';
import { Annotation, ImageStatus } from './annotation';
import { Actor, ChangeId, ImageId, ProjectId, Sha256, Timestamp } from './ids';
import { ImportedChangeBody, ImportedStateBody } from './imported-annotation';
import { LabelSchema } from './label-schema';

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

export const ChangeBody = z.discriminatedUnion('kind', [
  AnnotationChangeBody,
  SchemaChangeBody,
  ProjectChangeBody,
  GroupChangeBody,
  ImportedChangeBody,
  ImportedStateBody,
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
