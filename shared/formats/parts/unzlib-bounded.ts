import { Unzlib } from 'fflate';

/** Deflate makes at most 1032 bytes of one, so pieces of this size end soon after the limit. */
const PUSHED_AT_ONCE = 16 * 1024;

/** The bytes of a zlib stream, or null when it is damaged, does not end, or grows beyond `maxBytes`. */
export function unzlibBounded(bytes: Uint8Array, maxBytes: number): Uint8Array | null {
  const pieces: Uint8Array[] = [];
  let total = 0;
  let isWhole = false;
  const inflate = new Unzlib((piece, isLast) => {
    pieces.push(piece);
    total += piece.length;
    isWhole ||= isLast;
  });
  try {
    for (let from = 0; from < bytes.length && !isWhole; from += PUSHED_AT_ONCE) {
      const end = from + PUSHED_AT_ONCE;
      inflate.push(bytes.subarray(from, end), end >= bytes.length);
      if (total > maxBytes) return null;
    }
  } catch {
    return null;
  }
  if (!isWhole) return null;
  const whole = new Uint8Array(total);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
