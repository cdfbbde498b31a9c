/** 64-bit hashes as two words each, in order of their numbers; `isKnown[n]` is 0 where number n has none. */
export interface HashColumns {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
  readonly isKnown: Uint8Array;
}

/** Finds hashes that differ from one in few bits. */
export interface HammingIndex {
  readonly count: number;
  isKnown(number: number): boolean;
  /** Bits in which two known hashes differ. */
  distance(a: number, b: number): number;
  /**
   * Calls back with numbers whose hash differs from that of `number` in at most `maxDistance` bits, each once and never
   * `number` itself, nearest chunks first, until the callback gives back false. Looks at no more than `MOST_COMPARED`.
   */
  visitNear(
    number: number,
    maxDistance: number,
    visit: (other: number, distance: number) => boolean | undefined,
  ): void;
}

/** Where thousands of pictures look alike (a still camera) all of them would be compared with all others. */
const MOST_COMPARED = 20_000;

const CHUNKS = 4;
const CHUNK_BITS = 16;
const CHUNK_VALUES = 1 << CHUNK_BITS;

/**
 * Multi-index hashing (Norouzi, Punjani and Fleet, "Fast Search in Hamming Space with Multi-Index Hashing", CVPR 2012):
 * the 64 bits are cut into 4 chunks of 16. Of two hashes that differ in at most d bits at least one chunk differs in at
 * most d/4, so only hashes that share such a chunk are compared. Exact up to `MOST_COMPARED`; O(n) to build, and for
 * d < 8 at most 68 look-ups a question.
 */
export function createHammingIndex({ high, low, isKnown }: HashColumns): HammingIndex {
  const tables = Array.from({ length: CHUNKS }, (_, chunk) => tableOf(chunk));
  // When a number was last met, so that one that shares several chunks is given once.
  const metAt = new Uint32Array(isKnown.length);
  let questions = 0;

  function chunkOf(number: number, chunk: number): number {
    const word = (chunk < 2 ? high[number] : low[number]) ?? 0;
    return chunk % 2 === 0 ? word >>> CHUNK_BITS : word & (CHUNK_VALUES - 1);
  }

  /** Numbers sorted by a chunk's value, and where each value begins. */
  function tableOf(chunk: number) {
    const starts = new Uint32Array(CHUNK_VALUES + 1);
    for (let number = 0; number < isKnown.length; number += 1) {
      if (isKnown[number] !== 1) continue;
      const after = chunkOf(number, chunk) + 1;
      starts[after] = (starts[after] ?? 0) + 1;
    }
    for (let value = 0; value < CHUNK_VALUES; value += 1) {
      starts[value + 1] = (starts[value + 1] ?? 0) + (starts[value] ?? 0);
    }
    const next = starts.slice();
    const numbers = new Uint32Array(starts[CHUNK_VALUES] ?? 0);
    for (let number = 0; number < isKnown.length; number += 1) {
      if (isKnown[number] !== 1) continue;
      const value = chunkOf(number, chunk);
      const place = next[value] ?? 0;
      numbers[place] = number;
      next[value] = place + 1;
    }
    return { starts, numbers };
  }

  function distance(a: number, b: number): number {
    return bitsIn(((high[a] ?? 0) ^ (high[b] ?? 0)) >>> 0) + bitsIn(((low[a] ?? 0) ^ (low[b] ?? 0)) >>> 0);
  }

  return {
    count: isKnown.reduce((sum, known) => sum + known, 0),
    isKnown: (number) => isKnown[number] === 1,
    distance,

    visitNear(number, maxDistance, visit) {
      if (isKnown[number] !== 1) return;
      questions += 1;
      metAt[number] = questions;
      let compared = 0;
      for (const flips of flipsUpTo(Math.floor(maxDistance / CHUNKS))) {
        for (const [chunk, { starts, numbers }] of tables.entries()) {
          const value = chunkOf(number, chunk) ^ flips;
          const end = starts[value + 1] ?? 0;
          for (let at = starts[value] ?? 0; at < end; at += 1) {
            const other = numbers[at] ?? 0;
            if (metAt[other] === questions) continue;
            metAt[other] = questions;
            compared += 1;
            const apart = distance(number, other);
            if (apart <= maxDistance && visit(other, apart) === false) return;
            if (compared >= MOST_COMPARED) return;
          }
        }
      }
    },
  };
}

const flipsByBits = new Map<number, readonly number[]>();

/** All 16-bit numbers of at most so many set bits, fewest first: what to flip in a chunk. */
function flipsUpTo(bits: number): readonly number[] {
  const known = flipsByBits.get(bits);
  if (known !== undefined) return known;
  const flips = Array.from({ length: CHUNK_VALUES }, (_, value) => value)
    .filter((value) => bitsIn(value) <= bits)
    .sort((a, b) => bitsIn(a) - bitsIn(b));
  flipsByBits.set(bits, flips);
  return flips;
}

/** Set bits of a 32-bit word (Warren, Hacker's Delight, section 5-1). */
function bitsIn(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  bits = (bits + (bits >>> 4)) & 0x0f0f0f0f;
  return Math.imul(bits, 0x01010101) >>> 24;
}
