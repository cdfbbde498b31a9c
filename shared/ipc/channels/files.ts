import { z } from 'zod';
import { JobId, RelativeKey, Sha256, SourceId } from '../../schema/ids';
import { FileProblem, ScannedImage } from '../../schema/image';
import { AttributeValue } from '../../schema/label-schema';
import { Shape } from '../../schema/shapes';

/** A folder or a set of dropped files that the person opened. The renderer never learns its path. */
export const Grant = z.object({
  id: SourceId,
  displayName: z.string(),
  /** `images`: read-only originals; `labels`: a dataset to read; `export`: a folder that may be written to. */
  purpose: z.enum(['images', 'labels', 'export']),
  isAvailable: z.boolean(),
});
export type Grant = z.infer<typeof Grant>;

export const JobProgress = z.object({
  done: z.number().min(0),
  /** Null while it is not known yet. */
  total: z.number().min(0).nullable(),
  unit: z.enum(['files', 'images', 'annotations', 'bytes', 'rows']),
  perSecond: z.number().min(0).nullable(),
  secondsLeft: z.number().min(0).nullable(),
});
export type JobProgress = z.infer<typeof JobProgress>;

/** Larger texts are datasets and come in by a grant. */
export const MAX_TEXT_FILE_CHARACTERS = 16 * 1024 * 1024;

/** A million rows of measured work are about 10 MB. */
const MAX_SAVED_BYTES = 64 * 1024 * 1024;

/** File name ending without its dot. */
const TextExtension = z.string().regex(/^[a-z0-9]{1,10}$/);

/** Channels that reach the file system, always by grant id and relative key. */
export const fileChannels = {
  /** Asks the person for a folder; null when they changed their mind. */
  'grants.pickFolder': { args: z.object({ purpose: Grant.shape.purpose }), result: Grant.nullable() },
  'grants.pickFiles': { args: z.object({ purpose: Grant.shape.purpose }), result: Grant.nullable() },
  'grants.list': { args: z.object({}), result: z.array(Grant) },
  /** Asks for the folder's new place; the grant keeps its id. Null when they changed their mind. */
  'grants.relocate': { args: z.object({ sourceId: SourceId }), result: Grant.nullable() },
  'grants.forget': { args: z.object({ sourceId: SourceId }), result: z.null(), deed: 'project.change' },

  /**
   * Walks a source in code-unit order of keys and reports images in batches (`scan.batch`). `afterKey` resumes behind
   * the last batch that was stored. Main sends at most two batches that are not acknowledged by `scan.acknowledge`.
   */
  'scan.start': {
    args: z.object({
      jobId: JobId,
      sourceId: SourceId,
      afterKey: RelativeKey.nullable(),
      batchSize: z.number().int().min(1).max(5000).default(1000),
    }),
    result: z.null(),
    deed: 'image.add',
  },
  'scan.acknowledge': { args: z.object({ jobId: JobId, batch: z.number().int() }), result: z.null() },
  /** Which of these files are gone from the source; at most 5,000 a call. */
  'source.missing': {
    args: z.object({ sourceId: SourceId, keys: z.array(RelativeKey).max(5000) }),
    result: z.object({ isAvailable: z.boolean(), missingKeys: z.array(RelativeKey) }),
  },
  'job.cancel': { args: z.object({ jobId: JobId }), result: z.null() },

  /** Stores a thumbnail made in the renderer's sandboxed worker (WebP bytes, at most 256 KB). */
  'thumbnail.put': {
    args: z.object({
      contentHash: Sha256,
      bytes: z.instanceof(Uint8Array).refine((b) => b.length <= 262_144),
    }),
    result: z.null(),
  },

  /** Asks the person for one small text file, e.g. a label schema, and reads it; null when they changed their mind. */
  'files.openText': {
    args: z.object({ title: z.string().max(200), extension: TextExtension }),
    result: z.object({ name: z.string(), text: z.string() }).nullable(),
  },
  /** Asks where to keep a text and writes it, whole or not at all; null when they changed their mind. */
  'files.saveText': {
    args: z.object({
      title: z.string().max(200),
      suggestedName: z.string().min(1).max(200),
      extension: TextExtension,
      text: z.string().max(MAX_TEXT_FILE_CHARACTERS),
    }),
    result: z.object({ name: z.string() }).nullable(),
  },
  /** As `files.saveText`, for what is no text, e.g. a table in Parquet. */
  'files.saveBytes': {
    args: z.object({
      title: z.string().max(200),
      suggestedName: z.string().min(1).max(200),
      extension: TextExtension,
      bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= MAX_SAVED_BYTES),
    }),
    result: z.object({ name: z.string() }).nullable(),
  },

  /** Draws the sample project's pictures (once) and hands over the folder with its exact truth. */
  'sample.open': {
    args: z.object({ jobId: JobId }),
    result: z.object({
      /** Folder of the pictures. */
      grant: Grant,
      /** The whole truth, road boundaries included, by image key and label name of the road scene template. */
      truth: z.array(
        z.object({
          key: RelativeKey,
          annotations: z.array(
            z.object({
              labelName: z.string(),
              shape: Shape,
              attributes: z.record(z.string(), AttributeValue),
              isOccluded: z.boolean(),
              isTruncated: z.boolean(),
            }),
          ),
        }),
      ),
    }),
    deed: 'project.create',
  },
} as const;

export const fileEvents = {
  /** The person dropped files or folders on the window. */
  'grants.dropped': z.object({ grants: z.array(Grant) }),
  'scan.batch': z.object({
    jobId: JobId,
    /** 0, 1, 2, …; acknowledged in this order. */
    batch: z.number().int(),
    images: z.array(ScannedImage),
    problems: z.array(FileProblem),
    progress: JobProgress,
    /** Give it to `scan.start` as `afterKey` to go on behind this batch; null when nothing was reached. */
    cursor: RelativeKey.nullable(),
    isLast: z.boolean(),
  }),
  'job.progress': z.object({ jobId: JobId, progress: JobProgress, note: z.string() }),
  /** A job ended by itself with a failure (a crash of its process included). */
  'job.failed': z.object({ jobId: JobId, code: z.string(), message: z.string() }),
} as const;
