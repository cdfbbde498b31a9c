import { z } from 'zod';
import { Activity } from './activity';
import { Annotation, ImageStatus } from './annotation';
import { AnnotationLayer } from './annotation-layer';
import { ChangeRecord } from './change';
import { ImageId, ProjectId, Sha256 } from './ids';
import { ImageRecord } from './image';
import { Project, ProjectCounts } from './project';
import { RecordKindName } from './project-records';
import { ReviewEvent } from './review';

/** Ten times the largest set that users of other tools report; a line beyond it is none of ours. */
export const LONGEST_LINE_IN_CHARS = 256 * 1024 * 1024;
export const MOST_IMAGES = 5_000_000;

const ordinal = z
  .number()
  .int()
  .min(0)
  .max(MOST_IMAGES - 1);

/**
 * A whole project as lines, in backups and bundles: a header, then images, then what else there is and journal lines in
 * any order, then an end that says what must have been found. What was edited while they were written comes twice; the later holds.
 */
export const ProjectLine = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('header'),
    /** 2 since reviews, layers and records are in it; lines of 1 have none of them. */
    formatVersion: z.union([z.literal(1), z.literal(2)]),
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
  /** A second set of annotations; `layer` is null when it was taken away while the lines were written. */
  z.object({
    kind: z.literal('layer'),
    id: ImageId,
    layer: AnnotationLayer.nullable(),
    revision: z.number().int().min(0),
    annotations: z.array(Annotation),
  }),
  /** Everything that happened to an image in review. */
  z.object({ kind: z.literal('review'), imageId: ImageId, events: z.array(ReviewEvent) }),
  /** A record of the project; null as above. */
  z.object({
    kind: z.literal('record'),
    record: RecordKindName,
    id: z.string().min(1).max(1000),
    imageId: ImageId.nullable(),
    value: z.record(z.string(), z.unknown()).nullable(),
  }),
  /** Somebody's measured work. */
  z.object({ kind: z.literal('activity'), activity: Activity }),
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
