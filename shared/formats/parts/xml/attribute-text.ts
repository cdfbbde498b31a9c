import type { AttributeValue } from '../../../schema/label-schema';
import { isXmlText } from './escape-xml';
import { decimalOf } from './xml-element';

/** What an attribute's text stands for where a file says so. */
export type AttributeKind = 'text' | 'number' | 'checkbox';

/** The longest value that an attribute of ours may have. */
const MAX_VALUE_CHARS = 10_000;

const PLAIN_NUMBER = /^-?(?:0|[1-9]\d{0,15})(?:\.\d{1,20})?$/;

/**
 * The value of a text that says nothing of its kind: `true` and `false` in any of the ways that Python and JavaScript
 * write them, numbers in plain decimals (`0001` is a name, not a number), else the text as it stands.
 */
export function guessedValue(text: string): AttributeValue {
  if (text === 'true' || text === 'True') return true;
  if (text === 'false' || text === 'False') return false;
  return PLAIN_NUMBER.test(text) ? Number(text) : text;
}

/** The value of a text by its kind; a text that does not fit the kind stays a text. Null when it is too long. */
export function valueOfText(text: string, kind: AttributeKind | null): AttributeValue | null {
  if (text.length > MAX_VALUE_CHARS) return null;
  if (kind === 'text') return text;
  if (kind === 'number') return decimalOf(text) ?? text;
  const guessed = guessedValue(text);
  return kind === null || typeof guessed === 'boolean' ? guessed : text;
}

export function kindOfValue(value: AttributeValue): AttributeKind {
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'checkbox' : 'text';
}

/** The text of a value; null when XML cannot hold it (control characters, infinities). */
export function textOfValue(value: AttributeValue): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? `${value === 0 ? 0 : value}` : null;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  return isXmlText(value) ? value : null;
}
