import { z } from 'zod';
import { ImageState } from './annotation';
import { Actor, LabelId, ProjectId, Sha256, Timestamp } from './ids';
import { LabelSchema } from './label-schema';
import { Stage } from './review';

export const SPLITS = ['train', 'val', 'test'] as const;
export const Split = z.enum(SPLITS);
export type Split = z.infer<typeof Split>;

/** How images are dealt to splits: by a seeded hash, so that the same images always land in the same split. */
export const SplitRule = z.object({
  seed: z.string().max(200),
  /** Shares that add up to 1. */
  ratios: z.object({
    train: z.number().min(0).max(1),
    val: z.number().min(0).max(1),
    test: z.number().min(0).max(1),
  }),
  /** Images of one group never part: by folder, or each image for itself. Byte-identical images never part either. */
  groupBy: z.enum(['image', 'folder']),
  /** Keep each label's share alike in every split. */
  isStratified: z.boolean(),
});
export type SplitRule = z.infer<typeof SplitRule>;

export const VersionFilter = z.object({
  states: z.array(ImageState),
  /** Empty means all labels. */
  labelIds: z.array(LabelId),
  /** Stages of review that an image must be in; absent means all, also in a project without review. */
  stages: z.array(Stage).min(1).optional(),
});
export type VersionFilter = z.infer<typeof VersionFilter>;

export const VersionCounts = z.object({
  images: z.number().int(),
  annotations: z.number().int(),
  bySplit: z.record(Split, z.number().int()),
  /** Annotations by label id. */
  byLabel: z.record(z.string(), z.number().int()),
});
export type VersionCounts = z.infer<typeof VersionCounts>;

const share = z.number().min(0).max(1);

/** How far the images of a version were looked at, at the moment it was published. */
export const ReviewCoverage = z.object({
  accepted: z.number().int().min(0),
  /** With a verdict of their own; what was accepted with its batch has none. */
  reviewed: z.number().int().min(0),
  total: z.number().int().min(0),
  /** Judged, and labelled otherwise since: what was judged is not what is in the version. */
  changedSince: z.number().int().min(0),
});
export type ReviewCoverage = z.infer<typeof ReviewCoverage>;

/** What a version says of its own quality. Figures are those of the moment of publishing; null where none were worked out. */
export const VersionReview = z.object({
  policy: z.object({ isReviewed: z.boolean(), reviewsNeeded: z.number().int().min(1) }),
  coverage: ReviewCoverage,
  agreement: z
    .object({
      /** For a machine: `krippendorffAlpha`. */
      metric: z.string().max(100),
      value: z.number(),
      /** Bounds of the 95 % bootstrap interval. */
      low: z.number(),
      high: z.number(),
      /** Units that at least two people labelled. */
      n: z.number().int().min(0),
    })
    .nullable(),
  quality: z
    .object({
      accuracy: share,
      precision: share,
      recall: share,
      meanIoU: share,
      groundTruthImages: z.number().int().min(0),
    })
    .nullable(),
  /** Why a version was published though findings were open; null when none were. */
  gate: z.object({ reason: z.string().max(2000) }).nullable(),
  /** The journal's newest line when the publish began. */
  auditHead: z.object({ seq: z.number().int().min(0), hash: Sha256.nullable() }),
});
export type VersionReview = z.infer<typeof VersionReview>;

/**
 * What a dataset version is. Its id is the SHA-256 of this manifest's canonical JSON; the manifest holds the hash of every
 * data file, so the same id always means the same bytes. When it was published stands in the catalogue, not here.
 */
export const VersionManifest = z.object({
  /**
   * 2 since annotations have `geometry`, `note` and `group_id`; 3 since reviews.parquet has a row an image and the
   * manifest may say how it was reviewed. Versions of 1 (boxes and polylines) and 2 stay readable.
   */
  formatVersion: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  project: z.object({ id: ProjectId, name: z.string() }),
  labelSchema: LabelSchema,
  filter: VersionFilter,
  splitRule: SplitRule,
  /** Folders the images came from, by name; their bytes are identified by hash in images.parquet. */
  sources: z.array(z.object({ id: z.string(), displayName: z.string() })),
  pixelFrame: z.literal('displayed'),
  counts: VersionCounts,
  files: z.array(z.object({ name: z.string(), byteSize: z.number().int(), sha256: Sha256 })),
  parent: Sha256.nullable(),
  author: Actor,
  message: z.string().max(2000),
  /** Absent where the publisher knows nothing of reviews, as from the command line, and no findings were let pass. */
  review: VersionReview.optional(),
});
export type VersionManifest = z.infer<typeof VersionManifest>;

/** One row of the catalogue. */
export const VersionSummary = z.object({
  id: Sha256,
  projectId: ProjectId,
  projectName: z.string(),
  publishedAt: Timestamp,
  author: Actor,
  message: z.string(),
  parent: Sha256.nullable(),
  counts: VersionCounts,
  byteSize: z.number().int(),
  review: VersionReview.optional(),
});
export type VersionSummary = z.infer<typeof VersionSummary>;
