import type { AttributeValue } from '../../../schema/label-schema';
import type { Attributes } from '../../format';

export type JsonRecord = Readonly<Record<string, unknown>>;

/** Same bounds as the schemas of the app. */
const LONGEST_TEXT = 10_000;
const MAX_ATTRIBUTES = 100;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value, or an empty record. */
export function recordFrom(value: unknown): JsonRecord {
  return isRecord(value) ? value : NO_FIELDS;
}

const NO_FIELDS: JsonRecord = {};

/** The value, or an empty list. */
export function listFrom(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : NO_ELEMENTS;
}

const NO_ELEMENTS: readonly unknown[] = [];

/** A finite number, or null. */
export function numberFrom(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A text of at most `maxChars`, or null. */
export function textFrom(value: unknown, maxChars = LONGEST_TEXT): string | null {
  return typeof value === 'string' && value.length <= maxChars ? value : null;
}

/** What an attribute can hold as it stands: text within bounds, a finite number, true or false; null for all else. */
export function attributeValueFrom(value: unknown): AttributeValue | null {
  return typeof value === 'boolean' ? value : (numberFrom(value) ?? textFrom(value));
}

/**
 * The fields of a record that are attributes as they stand.
 *
 * @param onDropped hears the name of each field that holds something else; null and '' names are passed over.
 */
export function attributesFrom(value: unknown, onDropped: (name: string) => void): Attributes {
  const kept: [string, AttributeValue][] = [];
  for (const [name, given] of Object.entries(recordFrom(value))) {
    if (given === null) continue;
    const taken = attributeValueFrom(given);
    const isNamed = name !== '' && name.length <= LONGEST_TEXT;
    if (taken !== null && isNamed && kept.length < MAX_ATTRIBUTES) kept.push([name, taken]);
    else onDropped(name);
  }
  // fromEntries defines own properties, so a key like __proto__ stays data.
  return Object.fromEntries(kept);
}
