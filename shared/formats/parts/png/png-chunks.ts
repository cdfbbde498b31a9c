import { Inflate } from 'fflate';
import type { Size } from '../../../geometry/rect';

/** What an image's first chunk says, before any of its pixels are looked at. */
export interface PngHeader extends Size {
  readonly depth: number;
  readonly colorType: number;
  readonly isInterlaced: boolean;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const HEADER_BYTES = 33;
const CHUNK_FRAME_BYTES = 12;
/** Chunks that pixels depend on. The others (profiles, texts, animation) are attacks at worst and nothing to masks at best. */
const NEEDED = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);

const CHANNELS_BY_COLOR_TYPE: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** The header of a PNG, or null when the bytes are not the beginning of one. */
export function pngHeader(bytes: Uint8Array): PngHeader | null {
  if (bytes.length < HEADER_BYTES || SIGNATURE.some((byte, at) => bytes[at] !== byte)) return null;
  if (chunkType(bytes, 8) !== 'IHDR') return null;
  const [width, height] = [uint32(bytes, 16), uint32(bytes, 20)];
  const [depth = 0, colorType = 0, , , interlace = 0] = bytes.subarray(24, 29);
  if (width === 0 || height === 0 || CHANNELS_BY_COLOR_TYPE[colorType] === undefined) return null;
  return { width, height, depth, colorType, isInterlaced: interlace !== 0 };
}

/** The file with only the chunks that pixels depend on, or null when a chunk is cut off or the end is missing. */
export function withNeededChunks(bytes: Uint8Array): Uint8Array | null {
  const kept: Uint8Array[] = [bytes.subarray(0, SIGNATURE.length)];
  for (let at = SIGNATURE.length; ; ) {
    if (at + CHUNK_FRAME_BYTES > bytes.length) return null;
    const end = at + CHUNK_FRAME_BYTES + uint32(bytes, at);
    if (end > bytes.length) return null;
    const type = chunkType(bytes, at);
    if (NEEDED.has(type)) kept.push(bytes.subarray(at, end));
    if (type === 'IEND') return joined(kept);
    at = end;
  }
}

/** How many bytes the pixels of an image with this header take before compression, filter bytes included; an upper bound. */
export function rawByteSize({ width, height, depth, colorType }: PngHeader): number {
  const bitsInARow = width * depth * (CHANNELS_BY_COLOR_TYPE[colorType] ?? 4);
  // Interlaced pictures have up to 7 partial rows for each of 8 whole ones; twice the rows covers them.
  return (Math.ceil(bitsInARow / 8) + 1) * height * 2;
}

/** Deflate makes at most 1032 bytes of one, so little data cannot become much. */
const HARMLESS_COMPRESSED_BYTES = 64 * 1024;
const COUNTED_AT_ONCE = 16 * 1024;

/** Whether the compressed pixels grow beyond `limit` bytes: a bomb, whatever its header says. */
export function inflatesBeyond(bytes: Uint8Array, limit: number): boolean {
  if (bytes.length <= HARMLESS_COMPRESSED_BYTES) return false;
  let total = 0;
  const inflate = new Inflate((piece) => {
    total += piece.length;
  });
  let isFirst = true;
  try {
    for (let at = SIGNATURE.length; at + CHUNK_FRAME_BYTES <= bytes.length; ) {
      const length = uint32(bytes, at);
      if (chunkType(bytes, at) === 'IDAT') {
        let data = bytes.subarray(at + 8, at + 8 + length);
        // The two bytes of zlib's header come before what deflate made.
        if (isFirst) data = data.subarray(2);
        isFirst = false;
        for (let from = 0; from < data.length; from += COUNTED_AT_ONCE) {
          inflate.push(data.subarray(from, from + COUNTED_AT_ONCE), false);
          if (total > limit) return true;
        }
      }
      at += CHUNK_FRAME_BYTES + length;
    }
  } catch {
    // Damaged data is for the decoder to refuse; it did not grow.
  }
  return false;
}

function uint32(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] ?? 0) * 0x1000000 +
    (((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0))
  );
}

function chunkType(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at + 4, at + 8));
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
