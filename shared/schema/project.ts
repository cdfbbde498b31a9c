import { z } from 'zod';
import { LabelId, ProjectId, SourceId, Timestamp } from './ids';
import { LabelSchema } from './label-schema';

/** Kept up to date with every transaction, never counted. */
export const ProjectCounts = z.object({
  images: z.number().int().min(0),
  unlabelled: z.number().int().min(0),
  inProgress: z.number().int().min(0),
  labelled: z.number().int().min(0),
  confirmedEmpty: z.number().int().min(0),
  annotations: z.number().int().min(0),
  /** Annotations by label id. */
  byLabel: z.record(LabelId, z.number().int().min(0)),
});
export type ProjectCounts = z.infer<typeof ProjectCounts>;

export const EMPTY_COUNTS: ProjectCounts = {
  images: 0,
  unlabelled: 0,
  inProgress: 0,
  labelled: 0,
  confirmedEmpty: 0,
  annotations: 0,
  byLabel: {},
};

/** A folder or file that the person opened for a project; `displayName` is its last part, never its path. */
export const ProjectSource = z.object({ id: SourceId, displayName: z.string().max(500), addedAt: Timestamp });
export type ProjectSource = z.infer<typeof ProjectSource>;

export const Project = z.object({
  id: ProjectId,
  name: z.string().trim().min(1).max(200),
  createdAt: Timestamp,
  openedAt: Timestamp,
  archivedAt: Timestamp.nullable(),
  /** Set by delete; the records go only when the undo window has passed and the person empties the bin. */
  deletedAt: Timestamp.nullable(),
  isSample: z.boolean(),
  sources: z.array(ProjectSource),
  schema: LabelSchema,
  counts: ProjectCounts,
});
export type Project = z.infer<typeof Project>;
