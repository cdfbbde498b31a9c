import fs from 'node:fs';
import { MAX_METADATA_BYTES } from '../limits';

/** Random access to a file's bytes, whether they are in memory or still on disk. */
export interface ByteSource {
  /** Bytes in the file. */
  readonly size: number;
  /** At most `length` bytes from `offset`; fewer at the end, none behind it. Valid until the next call. */
  window(offset: number, length: number): Buffer;
}

const NOTHING = Buffer.alloc(0);

export function bytesInMemory(bytes: Buffer): ByteSource {
  return {
    size: bytes.length,
    window: (offset, length) =>
      offset < 0 || offset >= bytes.length ? NOTHING : bytes.subarray(offset, offset + length),
  };
}

/** Headers sit side by side, so one disk read of this many bytes serves several windows. */
const READ_AHEAD = 64 * 1024;

/** Reads by position from an open file; the caller closes `descriptor`. Throws what `fs.readSync` throws. */
export function bytesOnDisk(descriptor: number, size: number): ByteSource {
  let cached = NOTHING;
  let cachedAt = 0;
  return {
    size,
    window(offset, length) {
      if (offset < 0 || offset >= size) return NOTHING;
      const wanted = Math.min(length, size - offset, MAX_METADATA_BYTES);
      if (offset < cachedAt || offset + wanted > cachedAt + cached.length) {
        const buffer = Buffer.allocUnsafe(Math.max(READ_AHEAD, wanted));
        const count = fs.readSync(descriptor, buffer, 0, buffer.length, offset);
        cached = buffer.subarray(0, count);
        cachedAt = offset;
      }
      return cached.subarray(offset - cachedAt, offset - cachedAt + wanted);
    },
  };
}

/** The bytes of a part of another source, addressed from 0. */
export function partOf(source: ByteSource, start: number, size: number): ByteSource {
  const available = Math.max(0, Math.min(size, source.size - start));
  return {
    size: available,
    window: (offset, length) =>
      offset < 0 || offset >= available
        ? NOTHING
        : source.window(start + offset, Math.min(length, available - offset)),
  };
}
