import { z } from 'zod';
import { Annotation, ImageStatus } from '../../schema/annotation';
import {
  Split,
  SplitRule,
  VersionFilter,
  VersionManifest,
  VersionReview,
  VersionSummary,
} from '../../schema/dataset-version';
import { Actor, JobId, ProjectId, RelativeKey, Sha256, SourceId, Timestamp } from '../../schema/ids';
import { ImageRecord } from '../../schema/image';
import { AttributeValue, LabelSchema } from '../../schema/label-schema';
import { ReviewState, Stage, Verdict } from '../../schema/review';
import { Shape } from '../../schema/shapes';
import {
  DetectedLabels,
  FidelityTableSchema,
  FormatSummary,
  ImportedFrame,
  ImportedLabel,
  importedDetails,
  OptionValuesSchema,
} from './dataset-formats';
import { DatasetProblemSchema } from './label-imports';

/** Where an image stands in its review, as a version keeps it. People are names. */
export const PublishReview = z.object({
  stage: Stage,
  state: ReviewState,
  labeller: Actor.nullable(),
  reviewer: Actor.nullable(),
  submittedAt: Timestamp.nullable(),
  judgedAt: Timestamp.nullable(),
  verdict: Verdict.nullable(),
  /** How often it was handed in. */
  rounds: z.number().int().min(0),
  defects: z.number().int().min(0),
  openThreads: z.number().int().min(0),
  /** Revision of the annotations that the verdict is about. */
  judgedRevision: z.number().int().min(0).nullable(),
  /** The annotations are not those that the verdict is about. */
  isChangedSince: z.boolean(),
});
export type PublishReview = z.infer<typeof PublishReview>;

/** One image with its annotations on its way into a version. */
export const PublishRow = z.object({
  image: ImageRecord,
  sourceName: z.string(),
  status: ImageStatus,
  annotations: z.array(Annotation),
  /** Absent where nothing is known of reviews. */
  review: PublishReview.optional(),
});
export type PublishRow = z.infer<typeof PublishRow>;

export const PublishRequest = z.object({
  project: z.object({ id: ProjectId, name: z.string() }),
  labelSchema: LabelSchema,
  filter: VersionFilter,
  splitRule: SplitRule,
  author: Actor,
  message: z.string().max(2000),
  /** Coverage is counted from the rows that are published. */
  review: VersionReview.omit({ coverage: true }).optional(),
});
export type PublishRequest = z.infer<typeof PublishRequest>;

export const VersionDiff = z.object({
  from: Sha256,
  to: Sha256,
  images: z.object({ added: z.number(), removed: z.number(), splitChanged: z.number() }),
  annotations: z.object({
    added: z.number(),
    removed: z.number(),
    moved: z.number(),
    relabelled: z.number(),
    attributesChanged: z.number(),
    unchanged: z.number(),
  }),
  labels: z.array(
    z.object({ classIndex: z.number(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
  /** The first changes, for showing; the totals above are complete. */
  samples: z
    .array(
      z.object({
        kind: z.enum([
          'added',
          'removed',
          'moved',
          'relabelled',
          'attributesChanged',
          'imageAdded',
          'imageRemoved',
          'splitChanged',
        ]),
        imageKey: z.string(),
        description: z.string(),
      }),
    )
    .max(500),
});
export type VersionDiff = z.infer<typeof VersionDiff>;

export const ExportReport = z.object({
  formatId: z.string(),
  images: z.number(),
  annotations: z.number(),
  filesWritten: z.number(),
  byteSize: z.number(),
  /** What was found when the written files were read back and compared with the version. */
  readBack: z.object({
    images: z.number(),
    annotations: z.number(),
    matched: z.number(),
    /** Of the version and not in the files, those included that the format does not hold. */
    missing: z.number(),
    /** Of the missing ones those that the format does not hold. */
    leftOut: z.number(),
    /** Kept in part or as another shape, as the format's table says. */
    inPart: z.number(),
    extra: z.number(),
    moved: z.number(),
    relabelled: z.number(),
    /** Largest difference of a coordinate in image px. */
    largestCoordinateError: z.number(),
    /** Intersection over union of the areas that were paired, 0 to 1; null when there were none. */
    iou: z.object({ mean: z.number(), least: z.number(), pairs: z.number() }).nullable(),
    /** What was found to differ and should not, by kind, e.g. `splitChanged`. */
    differences: z.record(z.string(), z.number()),
  }),
  losses: z.array(DatasetProblemSchema),
  lossCountByCode: z.record(z.string(), z.number()),
  /** What a person should know though nothing was lost, a sentence each. */
  notes: z.array(z.string()),
  /** What the format keeps with the options of this export. */
  fidelity: FidelityTableSchema,
  /** Name of the folder or file that was written, in the destination. */
  name: z.string(),
  /** Name of the file beside it that lists every loss, a line of JSON each; null when nothing was lost. */
  lossFile: z.string().nullable(),
});
export type ExportReport = z.infer<typeof ExportReport>;

/** Labels on their way in, grouped by image key as the dataset names it. */
export const ImportBatch = z.object({
  jobId: JobId,
  batch: z.number().int(),
  labels: z.array(ImportedLabel),
  images: z.array(
    z.object({
      key: RelativeKey,
      isConfirmedEmpty: z.boolean(),
      split: Split.nullable().optional(),
      /** What is said of the picture as a whole. */
      attributes: z.record(z.string(), AttributeValue).optional(),
      frame: ImportedFrame.optional(),
      annotations: z.array(
        z.object({
          classIndex: z.number().int(),
          shape: Shape,
          isCrowd: z.boolean(),
          attributes: z.record(z.string(), AttributeValue),
          score: z.number().nullable(),
          ...importedDetails,
        }),
      ),
    }),
  ),
  problems: z.array(DatasetProblemSchema),
  isLast: z.boolean(),
});
export type ImportBatch = z.infer<typeof ImportBatch>;

/** Channels of the datasets process: reading label files, the lake, exports. */
export const datasetChannels = {
  'formats.list': { args: z.object({}), result: z.array(FormatSummary) },
  /** What a format keeps when it writes with these options. */
  'formats.fidelity': {
    args: z.object({ formatId: z.string().max(100), options: OptionValuesSchema }),
    result: FidelityTableSchema,
  },
  /** What a folder, label files or a zip hold, best guess first; empty when nothing was recognised. */
  'labels.detect': { args: z.object({ sourceId: SourceId }), result: z.array(DetectedLabels) },
  /** See label-imports.ts for the reading of labels. */
  'labels.acknowledge': { args: z.object({ jobId: JobId, batch: z.number().int() }), result: z.null() },

  /**
   * Begins or resumes a publish. Rows are staged on disk by sequence number; `nextBatch` says where to go on, so a
   * publish that was cut off continues with what is staged. The same request gives the same `publishId`.
   */
  'lake.publishBegin': {
    args: z.object({ jobId: JobId, request: PublishRequest, contentKey: Sha256 }),
    result: z.object({ nextBatch: z.number().int() }),
    deed: 'version.publish',
  },
  'lake.publishAppend': {
    args: z.object({ jobId: JobId, batch: z.number().int(), rows: z.array(PublishRow).max(2000) }),
    result: z.null(),
    deed: 'version.publish',
  },
  /** Writes, fsyncs and renames the version into place; the catalogue names it last. */
  'lake.publishFinish': {
    args: z.object({ jobId: JobId }),
    result: z.object({ version: VersionSummary, isNew: z.boolean() }),
    deed: 'version.publish',
  },
  /** The newest publish of a project that was cut off or stopped, to be offered again; null when there is none. */
  'lake.unfinished': { args: z.object({ projectId: ProjectId }), result: PublishRequest.nullable() },
  /** Gives up what unfinished publishes of a project staged. */
  'lake.forgetUnfinished': {
    args: z.object({ projectId: ProjectId }),
    result: z.null(),
    deed: 'version.publish',
  },
  'lake.versions': { args: z.object({ projectId: ProjectId.nullable() }), result: z.array(VersionSummary) },
  'lake.manifest': { args: z.object({ versionId: Sha256 }), result: VersionManifest },
  'lake.diff': { args: z.object({ from: Sha256, to: Sha256 }), result: VersionDiff },
  'lake.export': {
    args: z.object({
      jobId: JobId,
      versionId: Sha256,
      formatId: z.string(),
      destinationId: SourceId,
      /** Copy the pictures beside the labels; `images` says it more exactly. */
      includesImages: z.boolean(),
      /** Pictures: left where they are, copied, or hard links where the disk allows (else copies). */
      images: z.enum(['none', 'copy', 'link']).optional(),
      /** A folder (the default) or one zip file. */
      container: z.enum(['folder', 'zip']).optional(),
      /** Values of the format's write options. */
      options: OptionValuesSchema.optional(),
      /** Values of the export options, which prepare the version for any format (see shared/exports). */
      exportOptions: OptionValuesSchema.optional(),
    }),
    result: ExportReport,
    deed: 'version.export',
  },
} as const;

export const BackupSummary = z.object({
  id: z.string().max(200),
  projectId: ProjectId,
  projectName: z.string(),
  madeAt: z.string(),
  byteSize: z.number(),
  images: z.number(),
  annotations: z.number(),
  reason: z.enum(['timer', 'exit', 'manual', 'beforeRestore']),
});
export type BackupSummary = z.infer<typeof BackupSummary>;

/** Channels of the rotating backups, which live outside the browser profile. */
export const backupChannels = {
  'backup.begin': {
    args: z.object({ summary: BackupSummary.omit({ id: true, byteSize: true }) }),
    result: z.object({ id: z.string() }),
  },
  /** Lines of JSON; written compressed to a temporary file. */
  'backup.append': {
    args: z.object({ id: z.string(), lines: z.array(z.string()).max(5000) }),
    result: z.null(),
  },
  /** Ends the file with a hash over its lines, fsyncs, renames it into place and drops what rotation no longer keeps. */
  'backup.finish': { args: z.object({ id: z.string() }), result: BackupSummary },
  'backup.list': { args: z.object({}), result: z.array(BackupSummary) },
  /** Reads a backup by pages of lines after its hash was checked; `nextLine` is null at the end. */
  'backup.read': {
    args: z.object({ id: z.string(), fromLine: z.number().int().min(0) }),
    result: z.object({ lines: z.array(z.string()), nextLine: z.number().int().nullable() }),
    deed: 'backup.restore',
  },
  'backup.reveal': { args: z.object({}), result: z.null() },
} as const;
