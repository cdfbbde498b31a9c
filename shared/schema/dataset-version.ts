import { z } from 'zod';
import { ImageState } from './annotation';
import { Actor, LabelId, ProjectId, Sha256, Timestamp } from './ids';
import { LabelSchema } from './label-schema';

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

/**
 * What a dataset version is. Its id is the SHA-256 of this manifest's canonical JSON; the manifest holds the hash of every
 * data file, so the same id always means the same bytes. When it was published stands in the catalogue, not here.
 */
export const VersionManifest = z.object({
  /** 2 since annotations have `geometry`, `note` and `group_id`; versions of 1 hold boxes and polylines and stay readable. */
  formatVersion: z.union([z.literal(1), z.literal(2)]),
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
});
export type VersionSummary = z.infer<typeof VersionSummary>;
