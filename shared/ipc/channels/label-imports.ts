import { z } from 'zod';
import { AttributeId, JobId, RelativeKey, SourceId } from '../../schema/ids';
import { ImportedAnnotation } from '../../schema/imported-annotation';
import { AttributeValue } from '../../schema/label-schema';
import { SHAPE_TYPES } from '../../schema/shapes';
import { ImportedLabel, OptionValuesSchema } from './dataset-formats';

export const DatasetProblemSchema = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
  path: z.string(),
  line: z.number().nullable(),
});

/**
 * The class under which what is said of pictures as a whole is surveyed and taken: it becomes a tag of the picture.
 * Below zero, so that it is never one of the files' own.
 */
export const PICTURE_CLASS = -1;

/** A class of the files and how often it is used. */
export const SurveyedClass = ImportedLabel.extend({
  annotations: z.number().int(),
  shapes: z.partialRecord(z.enum(SHAPE_TYPES), z.number().int()),
});
export type SurveyedClass = Readonly<z.infer<typeof SurveyedClass>>;

/** What annotations of a class say under one name. */
export const SurveyedAttribute = z.object({
  classIndex: z.number().int(),
  name: z.string(),
  annotations: z.number().int(),
  /** Different values, the first ones; `hasMoreValues` when there are others. */
  values: z.array(AttributeValue),
  hasMoreValues: z.boolean(),
});
export type SurveyedAttribute = Readonly<z.infer<typeof SurveyedAttribute>>;

/** A picture to be looked at before anything is stored; label numbers are the files' own. */
export const SurveyedSample = z.object({
  key: RelativeKey,
  annotations: z.array(z.object({ classIndex: z.number().int(), shape: ImportedAnnotation.shape.shape })),
});
export type SurveyedSample = Readonly<z.infer<typeof SurveyedSample>>;

/**
 * Some images as lines of text: the bridge to the window copies objects one property at a time, which for 500 images
 * takes longer than storing them, and text in one piece.
 */
const ImageLines = z.string();

/** All that a dataset's files say, counted; its annotations themselves stay where they are. */
export const LabelSurvey = z.object({
  classes: z.array(SurveyedClass),
  attributes: z.array(SurveyedAttribute),
  samples: z.array(SurveyedSample),
  images: z.number().int(),
  annotations: z.number().int(),
  problems: z.number().int(),
  /** What there is beside shapes and attributes, by how many annotations or images have it. */
  groups: z.number().int(),
  tracks: z.number().int(),
  notes: z.number().int(),
  scores: z.number().int(),
  frames: z.number().int(),
  splits: z.number().int(),
  /** Annotations that lie wholly outside their picture, where the files say how large it is. */
  outside: z.number().int(),
});
export type LabelSurvey = Readonly<z.infer<typeof LabelSurvey>>;

export const SurveyBatch = z.object({
  jobId: JobId,
  batch: z.number().int(),
  /** Images in the order of the files; those of which nothing is said are not among them. See image-lines.ts. */
  images: ImageLines,
  problems: z.array(DatasetProblemSchema),
  isLast: z.boolean(),
  /** With the last batch. */
  survey: LabelSurvey.nullable(),
});
export type SurveyBatch = z.infer<typeof SurveyBatch>;

/** How annotations of the files become those of a project. */
export const TakeMapping = z.object({
  /** By class of the files the number of its label; classes that are not here are left out. */
  labels: z.array(z.tuple([z.number().int(), z.number().int().min(0)])).max(100_000),
  attributes: z
    .array(
      z.object({
        classIndex: z.number().int(),
        name: z.string(),
        /** Null: only the flag is set. */
        attributeId: AttributeId.nullable(),
        kind: z.enum(['select', 'checkbox', 'number', 'text']),
        flag: z.enum(['isOccluded', 'isTruncated', 'isCrowd']).nullable(),
      }),
    )
    .max(1_000_000),
  /** Ids of groups and tracks are made from the files' own and this, the same ones whenever the import goes on. */
  seed: z.string().max(100),
});
export type TakeMapping = z.infer<typeof TakeMapping>;

export const TakenBatch = z.object({
  jobId: JobId,
  batch: z.number().int(),
  /** See image-lines.ts. */
  images: ImageLines,
  /** Images of the survey, in its order, that are dealt with when this batch is. */
  cursor: z.number().int(),
  isLast: z.boolean(),
});
export type TakenBatch = z.infer<typeof TakenBatch>;

const reading = {
  jobId: JobId,
  sourceId: SourceId,
  formatId: z.string().max(100),
  /** Values of the format's read options. */
  options: OptionValuesSchema,
  /** The project's folders: a format that does not say how large its pictures are finds that out there. */
  imageSourceIds: z.array(SourceId).max(10_000),
};

/** Labels on their way in: looked through once to be planned, and once more to be stored; memory holds neither. */
export const labelImportChannels = {
  /** Reads labels and reports what there is as `labels.surveyed`; at most two batches stay unacknowledged. */
  'labels.survey': { args: z.object(reading), result: z.null(), deed: 'labels.import' },
  /** Reads labels once more and hands them over as `labels.taken`, in the form in which they are stored. */
  'labels.take': {
    args: z.object({
      ...reading,
      mapping: TakeMapping,
      /** Images of the survey to pass over: an import that was cut off goes on behind them. */
      skip: z.number().int().min(0),
      /** Only these images; null for all. */
      keys: z.array(RelativeKey).max(200_000).nullable(),
    }),
    result: z.null(),
    deed: 'labels.import',
  },
} as const;

export const labelImportEvents = { 'labels.surveyed': SurveyBatch, 'labels.taken': TakenBatch } as const;
