/**
 * COCO's compressed run-length encoding, character for character as pycocotools writes it (`rleToString` of its
 * maskApi.c): runs of unset and set pixels in turn, from the third on as the difference to the run two before, each in
 * groups of five bits, lowest first, as characters 48 to 111.
 *
 * In memory runs are kept by where they end: run i covers pixels `ends[i - 1]` to `ends[i]` and is set when i is odd.
 * Only the first may be empty. A picture has fewer than 2³² pixels, so Uint32 is enough.
 */

const FIRST_CHARACTER = 48;
const GROUP = 32;
const SIGN_BIT = 16;
/** Seven groups of five bits hold every difference of two runs below 2³². */
const MOST_GROUPS = 7;
/** Arguments that a function call may safely have. */
const CHUNK = 8192;

/** The ends of the runs, or null when the text is not an encoding of exactly `pixelCount` pixels. */
export function decodeRle(text: string, pixelCount: number): Uint32Array | null {
  const lengths: number[] = [];
  let at = 0;
  let total = 0;
  while (at < text.length) {
    let length = 0;
    let weight = 1;
    let groups = 0;
    for (;;) {
      // Past the end of the text this is NaN, which the comparison refuses.
      const code = text.charCodeAt(at) - FIRST_CHARACTER;
      if (!(code >= 0 && code < 2 * GROUP) || groups === MOST_GROUPS) return null;
      at += 1;
      groups += 1;
      const bits = code % GROUP;
      length += bits * weight;
      weight *= GROUP;
      if (code < GROUP) {
        if (bits >= SIGN_BIT) length -= weight;
        break;
      }
    }
    if (lengths.length > 2) length += lengths[lengths.length - 2] ?? 0;
    if (length < 0) return null;
    total += length;
    if (total > pixelCount) return null;
    lengths.push(length);
  }
  return total === pixelCount ? endsOfLengths(lengths) : null;
}

/** The text of runs given by their ends. */
export function encodeRle(ends: Uint32Array): string {
  const pieces: string[] = [];
  let codes: number[] = [];
  for (let index = 0; index < ends.length; index += 1) {
    let rest = lengthAt(ends, index);
    if (index > 2) rest -= lengthAt(ends, index - 2);
    for (;;) {
      const next = Math.floor(rest / GROUP);
      const bits = rest - next * GROUP;
      const isLast = bits >= SIGN_BIT ? next === -1 : next === 0;
      codes.push(FIRST_CHARACTER + bits + (isLast ? 0 : GROUP));
      if (isLast) break;
      rest = next;
    }
    if (codes.length >= CHUNK - MOST_GROUPS) {
      pieces.push(String.fromCharCode(...codes));
      codes = [];
    }
  }
  pieces.push(String.fromCharCode(...codes));
  return pieces.join('');
}

/** Lengths of runs, as COCO's uncompressed `counts` lists them. */
export function lengthsOfRuns(ends: Uint32Array): readonly number[] {
  return Array.from(ends, (_, index) => lengthAt(ends, index));
}

/** Runs from their lengths (unset first); empty ones in between, which some writers leave, are joined. */
export function endsOfLengths(lengths: readonly number[]): Uint32Array {
  const ends = new Uint32Array(lengths.length + 1);
  let count = 0;
  let end = 0;
  let value = 0;
  for (const length of lengths) {
    end += length;
    if (length > 0) {
      // The run continues the one before when an empty run stood between them.
      if (count > 0 && (count - 1) % 2 === value) ends[count - 1] = end;
      else {
        if (count % 2 !== value) count += 1; // an empty unset run before a first set one
        ends[count] = end;
        count += 1;
      }
    }
    value = 1 - value;
  }
  return ends.slice(0, count);
}

function lengthAt(ends: Uint32Array, index: number): number {
  return (ends[index] ?? 0) - (index === 0 ? 0 : (ends[index - 1] ?? 0));
}
