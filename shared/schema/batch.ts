import { z } from 'zod';
import { BatchId, ImageId, LabelId, ProjectId, Timestamp } from './ids';
import { PersonRef } from './person';

/** General inspection levels I to III and special levels S-1 to S-4 of ISO 2859-1, table 1. */
export const INSPECTION_LEVELS = ['S-1', 'S-2', 'S-3', 'S-4', 'I', 'II', 'III'] as const;

/** Which pictures of a batch are reviewed. */
export const SamplingPlan = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('random'), count: z.number().int().min(1), seed: z.string().max(200) }),
  /** At least `perLabel` pictures with each label. */
  z.object({
    kind: z.literal('stratified'),
    perLabel: z.number().int().min(1),
    labelIds: z.array(LabelId),
    seed: z.string().max(200),
  }),
  /** Single sampling by attributes, ISO 2859-1: the unit is a picture, a picture with a major defect is nonconforming. */
  z.object({
    kind: z.literal('aql'),
    level: z.enum(INSPECTION_LEVELS),
    severity: z.enum(['normal', 'tightened']),
    /** Acceptance quality limit in per cent nonconforming, one of the standard's. */
    aql: z.number().positive(),
    seed: z.string().max(200),
  }),
  /** Those with most risk first: disagreement, findings of rules, the labeller's earlier rejections. */
  z.object({
    kind: z.literal('risk'),
    count: z.number().int().min(1),
    weights: z.object({
      disagreement: z.number().min(0),
      findings: z.number().min(0),
      labeller: z.number().min(0),
    }),
  }),
]);
export type SamplingPlan = z.infer<typeof SamplingPlan>;

/** Pictures that are handed in, sampled and judged together. */
export const Batch = z.object({
  id: BatchId,
  projectId: ProjectId,
  name: z.string().trim().min(1).max(200),
  imageIds: z.array(ImageId).min(1).max(1_000_000),
  plan: SamplingPlan,
  /** The pictures drawn for review; null until the sample is drawn. */
  sample: z.array(ImageId).nullable(),
  /** Nonconforming pictures with which the batch is still accepted (Ac of ISO 2859-1); null when each picture counts alone. */
  acceptanceNumber: z.number().int().min(0).nullable(),
  verdict: z.enum(['accepted', 'rejected']).nullable(),
  createdBy: PersonRef,
  createdAt: Timestamp,
});
export type Batch = Readonly<z.infer<typeof Batch>>;
