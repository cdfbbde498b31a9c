import { z } from 'zod';
import { AttributeId, LabelId } from './ids';
import { SHAPE_TYPES, SkeletonTemplate } from './shapes';

const name = z.string().trim().min(1).max(100);

const attributeBase = {
  id: AttributeId,
  name,
  isRequired: z.boolean().default(false),
  description: z.string().max(1000).default(''),
};

/** A question that is asked of each annotation of a label. */
export const AttributeDefinition = z.discriminatedUnion('kind', [
  z.object({
    ...attributeBase,
    kind: z.literal('select'),
    options: z.array(z.string().min(1).max(200)).min(1).max(500),
    defaultValue: z.string().nullable().default(null),
  }),
  z.object({
    ...attributeBase,
    kind: z.literal('checkbox'),
    defaultValue: z.boolean().nullable().default(null),
  }),
  z.object({
    ...attributeBase,
    kind: z.literal('number'),
    min: z.number().nullable().default(null),
    max: z.number().nullable().default(null),
    defaultValue: z.number().nullable().default(null),
  }),
  z.object({
    ...attributeBase,
    kind: z.literal('text'),
    maxLength: z.number().int().min(1).max(10_000).default(500),
    defaultValue: z.string().nullable().default(null),
  }),
]);
export type AttributeDefinition = z.infer<typeof AttributeDefinition>;
export type AttributeKind = AttributeDefinition['kind'];

export const AttributeValue = z.union([z.string().max(10_000), z.number(), z.boolean()]);
export type AttributeValue = z.infer<typeof AttributeValue>;

export const Color = z.string().regex(/^#[0-9a-f]{6}$/);

/**
 * One class that things in pictures may have.
 *
 * `classIndex` is the class's permanent number in every export (0-based; COCO adds 1). It is given once, never
 * changed and never given again, whatever is renamed, merged or retired: trainers keep numbers in their weights.
 */
export const LabelDefinition = z.object({
  id: LabelId,
  classIndex: z.number().int().min(0).max(100_000),
  name,
  color: Color,
  /** A single digit or letter that selects the label, or null. */
  shortcut: z
    .string()
    .regex(/^[0-9a-z]$/)
    .nullable(),
  /** The shapes that may carry this label; empty means any. */
  allowedShapes: z.array(z.enum(SHAPE_TYPES)),
  description: z.string().max(2000),
  attributes: z.array(AttributeDefinition).max(100),
  /** Retired labels stay on what carries them and in exports, but cannot be given to new annotations. */
  isRetired: z.boolean(),
  /** When set, annotations of this label count as that one everywhere; the label itself stays for history. */
  mergedIntoId: LabelId.nullable(),
  /** Earlier names, newest last, so that older files with an old name still find this label. */
  formerNames: z.array(name).max(100),
  /** COCO's grouping of categories, when known. */
  supercategory: z.string().max(100).nullable(),
  /** What skeletons of this label are made from. Absent: the label has none. */
  skeleton: SkeletonTemplate.optional(),
});
export type LabelDefinition = z.infer<typeof LabelDefinition>;

export const LabelSchema = z.object({
  /** Rises by one with every change. */
  revision: z.number().int().min(0),
  /** The number the next new label gets; never falls. */
  nextClassIndex: z.number().int().min(0),
  labels: z.array(LabelDefinition).max(10_000),
});
export type LabelSchema = z.infer<typeof LabelSchema>;
