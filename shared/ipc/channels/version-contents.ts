import { z } from 'zod';
import { Sha256, SourceId } from '../../schema/ids';
import { SHAPE_TYPES } from '../../schema/shapes';
import { DatasetProblemSchema } from './label-imports';

/** How much of each kind of thing a version holds: what an export can lose is told with these numbers before it starts. */
export const VersionContents = z.object({
  images: z.number().int(),
  annotations: z.number().int(),
  shapes: z.partialRecord(z.enum(SHAPE_TYPES), z.number().int()),
  /** Annotations that have answers to attributes, or are occluded or truncated. */
  attributes: z.number().int(),
  isCrowd: z.number().int(),
  score: z.number().int(),
  groups: z.number().int(),
  tracks: z.number().int(),
  notes: z.number().int(),
  /** Images that were confirmed to hold nothing, and images that nobody has labelled. */
  emptyImages: z.number().int(),
  unlabelledImages: z.number().int(),
  /** Images that are frames of a sequence. */
  frames: z.number().int(),
  /** How many of train, val and test have images. */
  splits: z.number().int(),
  /** Labels of the schema that no annotation carries. */
  unusedLabels: z.number().int(),
  labels: z.number().int(),
  /** Annotations that reach out of their picture. */
  outside: z.number().int(),
  /** Images that are stored on their side (EXIF), for which the pixel frame matters. */
  turnedImages: z.number().int(),
});
export type VersionContents = Readonly<z.infer<typeof VersionContents>>;

/** More lines than a person looks through; the file has all. */
export const MOST_LOSSES_SHOWN = 20_000;

export const versionContentsChannels = {
  /** Every loss of an export, from the list beside it. */
  'lake.losses': {
    args: z.object({
      destinationId: SourceId,
      /** The name that the export's report gives. */
      file: z
        .string()
        .max(300)
        .regex(/^[^/\\\0]+\.losses\.jsonl$/),
    }),
    result: z.array(DatasetProblemSchema).max(MOST_LOSSES_SHOWN),
  },
  'lake.contents': { args: z.object({ versionId: Sha256 }), result: VersionContents },
} as const;
