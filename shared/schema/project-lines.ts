import { z } from 'zod';
import { Annotation, ImageStatus } from './annotation';
import { ChangeRecord } from './change';
import { ProjectId, Sha256 } from './ids';
import { ImageRecord } from './image';
import { Project, ProjectCounts } from './project';

/** Ten times the largest set that users of other tools report; a line beyond it is none of ours. */
export const LONGEST_LINE_IN_CHARS = 256 * 1024 * 1024;
export const MOST_IMAGES = 5_000_000;

const ordinal = z
  .number()
  .int()
  .min(0)
  .max(MOST_IMAGES - 1);

/**
 * A whole project as lines, in backups and bundles: a header, then images and journal lines in any order, then an end
 * that says what must have been found. An image that was edited while they were written comes twice; the later holds.
 */
export const ProjectLine = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('header'),
    formatVersion: z.literal(1),
    projectId: ProjectId,
    projectName: z.string(),
  }),
  z.object({
    kind: z.literal('image'),
    image: ImageRecord.extend({ ordinal }),
    revision: z.number().int().min(0),
    /** Null when the image was never edited. */
    set: z.object({ annotations: z.array(Annotation), status: ImageStatus }).nullable(),
  }),
  z.object({ kind: z.literal('change'), change: ChangeRecord }),
  z.object({
    kind: z.literal('end'),
    project: Project.omit({ counts: true }),
    counts: ProjectCounts,
    head: z.object({ seq: z.number().int().min(0), hash: Sha256.nullable() }),
  }),
]);
export type ProjectLine = z.infer<typeof ProjectLine>;
export type ProjectImageLine = Extract<ProjectLine, { kind: 'image' }>;
export type ProjectEndLine = Extract<ProjectLine, { kind: 'end' }>;
