import { attributeOfField, type FieldName } from '../../shared/merge/annotation-fields';
import type { LabelId } from '../../shared/schema/ids';
import type { LabelSchema } from '../../shared/schema/label-schema';
import { resolveLabel } from '../../shared/schema/resolve-label';

const NAMES: Readonly<Record<string, string>> = {
  labelId: 'Label',
  shape: 'Outline',
  isOccluded: 'Occluded',
  isTruncated: 'Truncated',
  isCrowd: 'Crowd',
  isHidden: 'Hidden',
  isLocked: 'Locked',
  isPinned: 'Pinned',
  note: 'Note',
  groupId: 'Group',
  origin: 'Origin',
  createdBy: 'Drawn by',
  createdAt: 'Drawn at',
  score: 'Score',
};

/** A field of an object, for people. */
export function fieldName(field: FieldName, schema: LabelSchema): string {
  const attribute = attributeOfField(field);
  if (attribute === null) return NAMES[field] ?? field;
  const found = schema.labels.flatMap((label) => label.attributes).find(({ id }) => id === attribute);
  return found?.name ?? 'An attribute that is gone';
}

/** What a field says, for people; outlines are told apart in the picture and here only by their kind. */
export function fieldValue(field: FieldName, value: unknown, schema: LabelSchema): string {
  if (value === undefined) return 'none';
  if (field === 'labelId') return resolveLabel(schema, value as LabelId)?.name ?? 'a label that is gone';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (field === 'groupId') return `group ${String(value).slice(0, 4)}`;
  if (field === 'shape') return shapeWords(value as Readonly<Record<string, unknown>>);
  return String(value);
}

function shapeWords(shape: Readonly<Record<string, unknown>>): string {
  const { type, x, y, width, height } = shape;
  if ([x, y, width, height].every((part) => typeof part === 'number')) {
    const [left, top, wide, high] = [x, y, width, height].map((part) => Math.round(Number(part)));
    return `${String(type)} ${wide} × ${high} at ${left}, ${top}`;
  }
  return String(type);
}
