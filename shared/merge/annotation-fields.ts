import { canonicalJson } from '../document/canonical-json';
import type { Annotation } from '../schema/annotation';
import type { AttributeId } from '../schema/ids';

/** Part of a record that merges by itself: a field of it, or `attributes.<id>` for one answer. */
export type FieldName = string;

/** Say which record it is or who touched it last, not what the object is. */
const NOT_CONTENT: ReadonlySet<string> = new Set(['id', 'revision', 'updatedAt', 'attributes']);
const ATTRIBUTE = 'attributes.';

/** The attribute that a field name means; null for the other fields. */
export function attributeOfField(name: FieldName): AttributeId | null {
  return name.startsWith(ATTRIBUTE) ? (name.slice(ATTRIBUTE.length) as AttributeId) : null;
}

/**
 * What an object is, field by field. Every field that is not named above counts, so that one which a later version adds
 * is merged without a line here. Empty for an object that is not there.
 */
export function fieldsOf(annotation: Annotation | null): ReadonlyMap<FieldName, unknown> {
  const fields = new Map<FieldName, unknown>();
  if (annotation === null) return fields;
  for (const [name, value] of Object.entries(annotation)) {
    if (!NOT_CONTENT.has(name) && value !== undefined) fields.set(name, value);
  }
  for (const [id, value] of Object.entries(annotation.attributes)) fields.set(`${ATTRIBUTE}${id}`, value);
  return fields;
}

/** The record with these fields instead of its own; who touched it is `template`'s. */
export function withFields(template: Annotation, fields: ReadonlyMap<FieldName, unknown>): Annotation {
  const { id, revision, updatedAt } = template;
  const record: Record<string, unknown> = { id, revision, updatedAt };
  const attributes: Record<string, unknown> = {};
  for (const [name, value] of fields) {
    const attribute = attributeOfField(name);
    if (attribute === null) record[name] = value;
    else attributes[attribute] = value;
  }
  // Each field was taken from a record that its schema had parsed, under the same name.
  return { ...record, attributes } as Annotation;
}

export function isSameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  return canonicalJson(a) === canonicalJson(b);
}

/** Whether both are the same object; who touched it last is no difference. */
export function isSameContent(a: Annotation | null, b: Annotation | null): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  return differingFields(a, b).length === 0;
}

/** Names of the fields in which two objects differ, sorted. O(size of both). */
export function differingFields(a: Annotation | null, b: Annotation | null): readonly FieldName[] {
  const [ofA, ofB] = [fieldsOf(a), fieldsOf(b)];
  const names = new Set([...ofA.keys(), ...ofB.keys()]);
  return [...names].filter((name) => !isSameValue(ofA.get(name), ofB.get(name))).sort();
}
