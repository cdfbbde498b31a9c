import { sha256OfText } from './hash';

/** A UUID (version 8, RFC 9562) that depends on its parts alone: the same thing published again has the same id. */
export function derivedId(...parts: readonly string[]): string {
  const hex = sha256OfText(JSON.stringify(parts));
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
