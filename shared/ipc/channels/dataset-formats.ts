import { z } from 'zod';
import { AttributeValue, Color } from '../../schema/label-schema';
import { SHAPE_TYPES } from '../../schema/shapes';

/** More than any format has, so that a message can be refused by its size. */
const MAX_OPTIONS = 50;
const LONGEST_ID = 64;

/** Choices by option id; what is missing takes its default. */
export const OptionValuesSchema = z
  .record(z.string().min(1).max(LONGEST_ID), z.string().max(LONGEST_ID))
  .refine((values) => Object.keys(values).length <= MAX_OPTIONS, { error: 'has too many options' });

/** One choice that a person may make; forms are made from it. See FormatOption of shared/formats. */
export const FormatOptionSchema = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  choices: z.array(z.object({ id: z.string(), title: z.string() })).readonly(),
  defaultChoice: z.string(),
});

export const FidelitySchema = z.enum(['exact', 'rounded', 'lossy', 'dropped']);

/** What a format keeps of what it is given. See FidelityTable of shared/formats. */
export const FidelityTableSchema = z.object({
  shapes: z.record(z.enum(SHAPE_TYPES), FidelitySchema).readonly(),
  mergedShapes: z.array(z.enum(SHAPE_TYPES)).readonly().exactOptional(),
  attributes: FidelitySchema,
  isCrowd: FidelitySchema,
  score: FidelitySchema,
  groups: FidelitySchema,
  tracks: FidelitySchema,
  notes: FidelitySchema,
  emptyImages: FidelitySchema,
  imageAttributes: FidelitySchema,
  frames: FidelitySchema,
  splits: FidelitySchema,
  classIndex: FidelitySchema,
  unusedLabels: FidelitySchema,
  coordinateErrorInImagePx: z.number(),
  remarks: z.array(z.string()).readonly(),
});

export const FormatSummary = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  readOptions: z.array(FormatOptionSchema).readonly(),
  writeOptions: z.array(FormatOptionSchema).readonly(),
  /** With the defaults of the write options; `formats.fidelity` tells it for others. */
  fidelity: FidelityTableSchema,
});
export type FormatSummary = z.infer<typeof FormatSummary>;

/** What a folder or file may hold. */
export const DetectedLabels = z.object({
  formatId: z.string(),
  title: z.string(),
  confidence: z.number(),
  reasons: z.array(z.string()),
  /** Of the best guess and of all that are as likely: when several are, a person must say which it is. */
  isLikeliest: z.boolean(),
  /** What the files do not tell: each is answered by one of `readOptions`. */
  questions: z.array(z.object({ optionId: z.string(), question: z.string() })).readonly(),
  readOptions: z.array(FormatOptionSchema).readonly(),
});
export type DetectedLabels = z.infer<typeof DetectedLabels>;

/** A class as a dataset's files know it; see DatasetLabel of shared/formats. */
export const ImportedLabel = z.object({
  classIndex: z.number().int(),
  name: z.string(),
  supercategory: z.string().nullable(),
  color: Color.optional(),
  skeleton: z
    .object({
      joints: z.array(z.string()).readonly(),
      edges: z.array(z.tuple([z.number().int(), z.number().int()]).readonly()).readonly(),
    })
    .optional(),
  attributes: z
    .array(
      z.object({
        name: z.string(),
        kind: z.enum(['select', 'checkbox', 'number', 'text']),
        options: z.array(z.string()).readonly(),
        defaultValue: AttributeValue.nullable(),
      }),
    )
    .readonly()
    .optional(),
  allowedShapes: z.array(z.enum(SHAPE_TYPES)).readonly().optional(),
});
export type ImportedLabel = z.infer<typeof ImportedLabel>;

/** Where a picture stands in a sequence; `index` is 0-based. */
export const ImportedFrame = z.object({
  sequence: z.string(),
  index: z.number().int(),
  timestampInMs: z.number().optional(),
});

/** Beside the picture and its shapes, what an annotation of a dataset may say; absent where it is silent. */
export const importedDetails = {
  groupId: z.string().optional(),
  trackId: z.string().optional(),
  isKeyframe: z.boolean().optional(),
  isOutside: z.boolean().optional(),
  note: z.string().optional(),
} as const;
