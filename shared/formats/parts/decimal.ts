const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * A finite number as text files of other tools write it, or null. Narrower than `Number`, to which an empty text, `0x10`
 * and `Infinity` are numbers.
 */
export function decimalFrom(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed.length > 400 || !DECIMAL.test(trimmed)) return null;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : null;
}

/** A whole number that is exact as it stands, or null. */
export function wholeFrom(text: string): number | null {
  const value = decimalFrom(text);
  return value !== null && Number.isSafeInteger(value) ? value : null;
}
