/** RFC 4648, with padding. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const VALUES = (() => {
  const values = new Int8Array(128).fill(-1);
  for (let at = 0; at < ALPHABET.length; at += 1) values[ALPHABET.charCodeAt(at)] = at;
  return values;
})();

/** Pieces of text that are joined at the end: adding to one text letter by letter makes a chain of millions. */
const PIECE_BYTES = 3 * 4096;

export function base64FromBytes(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
    let piece = '';
    const end = Math.min(from + PIECE_BYTES, bytes.length);
    for (let at = from; at < end; at += 3) {
      const [first = 0, second, third] = [bytes[at], bytes[at + 1], bytes[at + 2]];
      const bits = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
      piece +=
        letter(bits >> 18) +
        letter(bits >> 12) +
        (second === undefined ? '=' : letter(bits >> 6)) +
        (third === undefined ? '=' : letter(bits));
    }
    pieces.push(piece);
  }
  return pieces.join('');
}

function letter(bits: number): string {
  return ALPHABET.charAt(bits & 63);
}

/** The bytes that the text stands for, line breaks passed over; null when it is no base64. */
export function bytesFromBase64(text: string): Uint8Array | null {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let length = 0;
  let bits = 0;
  let bitCount = 0;
  let padding = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13 || code === 32) continue;
    if (code === 61) {
      padding += 1;
      continue;
    }
    const value = code < 128 ? (VALUES[code] ?? -1) : -1;
    if (value < 0 || padding > 0) return null;
    bits = ((bits << 6) | value) & 0xffff;
    bitCount += 6;
    if (bitCount >= 8) {
      bitCount -= 8;
      bytes[length] = bits >> bitCount;
      length += 1;
    }
  }
  return padding > 2 || bitCount >= 6 ? null : bytes.subarray(0, length);
}
