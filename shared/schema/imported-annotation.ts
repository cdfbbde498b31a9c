import { z } from 'zod';
import { AnnotationId, AttributeId, ImageId, LabelId } from './ids';
import { hasKnownAttributes, isTextOf, isUuid } from './known-annotation';
import { AttributeValue } from './label-schema';
import { Shape } from './shapes';
import { isKnownShape } from './shapes/known-shape';

/**
 * An annotation in the journal line of an import. What the line says for all of them (who, when, which labels) is not
 * said again, and what is absent is false or nothing: a box takes a quarter of the bytes of its whole record, and a
 * million of them are written once instead of twice.
 */
export const ImportedAnnotation = z.object({
  /** Where its label is in the line's list of labels. */
  label: z.number().int().min(0).max(10_000),
  shape: Shape,
  attributes: z.record(AttributeId, AttributeValue).optional(),
  isOccluded: z.literal(true).optional(),
  isTruncated: z.literal(true).optional(),
  isCrowd: z.literal(true).optional(),
  score: z.number().min(0).max(1).optional(),
  note: z.string().min(1).max(2000).optional(),
  groupId: z.uuid().optional(),
  trackId: z.uuid().optional(),
  isKeyframe: z.boolean().optional(),
  isOutside: z.literal(true).optional(),
});
export type ImportedAnnotation = Readonly<z.infer<typeof ImportedAnnotation>>;

/** What an import brought to one image that nobody had worked on. */
const ImportedImage = z.object({
  id: ImageId,
  state: z.enum(['labelled', 'confirmedEmpty']),
  annotations: z.array(ImportedAnnotation),
});

/** Some images of an import, whole: until a person edits one of them, its annotations are stored here and nowhere else. */
export const ImportedChangeBody = z.object({
  kind: z.literal('imported'),
  labelIds: z.array(LabelId).max(10_000),
  /** The id of the first annotation; those of the others follow from it (`importedAnnotationId`). */
  firstAnnotationId: AnnotationId,
  images: z.array(ImportedImage),
});
export type ImportedChangeBody = Readonly<z.infer<typeof ImportedChangeBody>>;

/** Images of an `imported` line (the change's target) whose annotations went away with undo, or came back with redo. */
export const ImportedStateBody = z.object({
  kind: z.literal('importedState'),
  isThere: z.boolean(),
  imageIds: z.array(ImageId),
});

/** As `isKnownAnnotation`, of an annotation in an import's line. */
export function isKnownImportedAnnotation(value: unknown): value is ImportedAnnotation {
  if (typeof value !== 'object' || value === null) return false;
  const record = value as Record<string, unknown>;
  if (!isIndex(record.label) || !isKnownShape(record.shape)) return false;
  let keys = 0;
  for (const _ in record) keys += 1;
  return keys === 2 || keys === 2 + knownOptionalKeys(record);
}

/** How many optional fields are there and sound. */
function knownOptionalKeys(record: Record<string, unknown>): number {
  let count = 0;
  if (record.attributes !== undefined && hasKnownAttributes(record.attributes)) count += 1;
  if (record.isOccluded === true) count += 1;
  if (record.isTruncated === true) count += 1;
  if (record.isCrowd === true) count += 1;
  if (typeof record.score === 'number' && record.score >= 0 && record.score <= 1) count += 1;
  if (isTextOf(record.note, 2000)) count += 1;
  if (isUuid(record.groupId)) count += 1;
  if (isUuid(record.trackId)) count += 1;
  if (typeof record.isKeyframe === 'boolean') count += 1;
  if (record.isOutside === true) count += 1;
  return count;
}

const LAST_DIGITS = 8;

/** The id of the n-th annotation of an import's line: its first one's, with the last eight digits counted on. */
export function importedAnnotationId(first: AnnotationId, index: number): AnnotationId {
  const head = first.slice(0, -LAST_DIGITS);
  const start = Number.parseInt(first.slice(-LAST_DIGITS), 16);
  const digits = ((start + index) % 0x1_0000_0000).toString(16).padStart(LAST_DIGITS, '0');
  return `${head}${digits}` as AnnotationId;
}

function isIndex(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= 10_000;
}
