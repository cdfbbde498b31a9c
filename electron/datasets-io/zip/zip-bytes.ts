import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { createInflateRaw, inflateRawSync } from 'node:zlib';
import { type AppError, appError, isAppError } from '../../../shared/result/app-error';
import { err, ok, type Result } from '../../../shared/result/result';
import { crc32 } from '../../media/probe/crc32';
import { fileError } from '../file-error';
import type { ZipEntry } from './zip-entries';

const LOCAL_HEADER_BYTES = 30;
const LOCAL_HEADER_SIGNATURE = 0x04034b50;

/** A chunk of what is streamed, in bytes. */
const CHUNK_BYTES = 256 * 1024;

/** Entries up to this are inflated at once: a stream costs a thousand times what inflating a label file does. */
const SMALL_BYTES = 1024 * 1024;

/** The file that a listing was made of; reading refuses another that has taken its place. */
export interface ZipFileState {
  readonly file: string;
  /** What a person knows it by. */
  readonly shownPath: string;
  readonly size: number;
  readonly modifiedAtMs: number;
}

/** All bytes of an entry that is small, or the reason why they cannot be had. */
export function readSmallEntry(zip: ZipFileState, entry: ZipEntry): Result<Buffer> {
  try {
    const descriptor = openSync(zip.file, 'r');
    try {
      const start = dataStart(descriptor, zip, entry);
      const packed = Buffer.allocUnsafe(entry.compressedSize);
      if (readSync(descriptor, packed, 0, packed.length, start) < packed.length) throw damaged(zip, entry);
      const bytes = entry.isDeflated
        ? inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.byteSize) })
        : packed;
      return bytes.length === entry.byteSize && crc32(bytes) === entry.crc32
        ? ok(bytes)
        : err(damaged(zip, entry));
    } finally {
      closeSync(descriptor);
    }
  } catch (thrown) {
    return err(readError(thrown, zip, entry));
  }
}

export function isSmallEntry(entry: ZipEntry): boolean {
  return entry.byteSize <= SMALL_BYTES && entry.compressedSize <= SMALL_BYTES;
}

/**
 * The bytes of an entry in chunks, its size and checksum held to at the end. Never gives more than the size that the
 * directory declares. Throws an AppError.
 */
export async function* streamEntry(zip: ZipFileState, entry: ZipEntry): AsyncGenerator<Buffer> {
  let given = 0;
  let sum = 0;
  try {
    for await (const chunk of unpacked(zip, entry)) {
      given += chunk.length;
      if (given > entry.byteSize) throw damaged(zip, entry);
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch (thrown) {
    throw readError(thrown, zip, entry);
  }
  if (given !== entry.byteSize || sum !== entry.crc32) throw damaged(zip, entry);
}

/** The bytes from `start` up to but not including `end`: read in place when stored, else inflated up to there. */
export async function readEntryRange(
  zip: ZipFileState,
  entry: ZipEntry,
  start: number,
  end: number,
): Promise<Result<Buffer>> {
  const until = Math.min(end, entry.byteSize);
  const from = Math.max(0, start);
  if (from >= until) return ok(Buffer.alloc(0));
  try {
    if (!entry.isDeflated) return ok(storedRange(zip, entry, from, until));
    const parts: Buffer[] = [];
    let at = 0;
    for await (const chunk of unpacked(zip, entry)) {
      const first = Math.max(0, from - at);
      const last = Math.min(chunk.length, until - at);
      if (last > first) parts.push(chunk.subarray(first, last));
      at += chunk.length;
      if (at >= until) break;
    }
    if (at < until) return err(damaged(zip, entry));
    return ok(Buffer.concat(parts));
  } catch (thrown) {
    return err(readError(thrown, zip, entry));
  }
}

function storedRange(zip: ZipFileState, entry: ZipEntry, from: number, until: number): Buffer {
  const descriptor = openSync(zip.file, 'r');
  try {
    const start = dataStart(descriptor, zip, entry);
    const bytes = Buffer.allocUnsafe(until - from);
    if (readSync(descriptor, bytes, 0, bytes.length, start + from) < bytes.length) throw damaged(zip, entry);
    return bytes;
  } finally {
    closeSync(descriptor);
  }
}

async function* unpacked(zip: ZipFileState, entry: ZipEntry): AsyncGenerator<Buffer> {
  const start = placeOfData(zip, entry);
  if (entry.compressedSize === 0) return;
  const packed = createReadStream(zip.file, {
    start,
    end: start + entry.compressedSize - 1,
    highWaterMark: CHUNK_BYTES,
  });
  if (!entry.isDeflated) {
    yield* packed as AsyncIterable<Buffer>;
    return;
  }
  const inflate = createInflateRaw({ chunkSize: CHUNK_BYTES });
  packed.on('error', (error) => inflate.destroy(error));
  packed.pipe(inflate);
  try {
    yield* inflate as AsyncIterable<Buffer>;
  } finally {
    packed.destroy();
    inflate.destroy();
  }
}

function placeOfData(zip: ZipFileState, entry: ZipEntry): number {
  const descriptor = openSync(zip.file, 'r');
  try {
    return dataStart(descriptor, zip, entry);
  } finally {
    closeSync(descriptor);
  }
}

/** Where an entry's data begins: behind its local header, whose extra field may differ from the directory's. */
function dataStart(descriptor: number, zip: ZipFileState, entry: ZipEntry): number {
  const { size, mtimeMs } = fstatSync(descriptor);
  if (size !== zip.size || mtimeMs !== zip.modifiedAtMs) {
    throw appError('file.not-readable', `${zip.shownPath} has changed while it was read. Open it again.`, {
      path: zip.shownPath,
    });
  }
  const header = Buffer.alloc(LOCAL_HEADER_BYTES);
  const isWhole = readSync(descriptor, header, 0, header.length, entry.offset) === header.length;
  if (!isWhole || header.readUInt32LE(0) !== LOCAL_HEADER_SIGNATURE) throw damaged(zip, entry);
  const start = entry.offset + LOCAL_HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (start + entry.compressedSize > size) throw damaged(zip, entry);
  return start;
}

function damaged(zip: ZipFileState, entry: ZipEntry): AppError {
  return appError(
    'file.not-readable',
    `${entry.path} in ${zip.shownPath} is damaged: its bytes are not what the zip says they are. Copy or download the zip again.`,
    { path: entry.path, zip: zip.shownPath },
  );
}

function readError(thrown: unknown, zip: ZipFileState, entry: ZipEntry): AppError {
  if (isAppError(thrown)) return thrown;
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  // zlib's codes; the system's have words of their own.
  return code.startsWith('Z_') || code === 'ERR_BUFFER_TOO_LARGE'
    ? damaged(zip, entry)
    : fileError(thrown, `${entry.path} in ${zip.shownPath}`, 'read');
}
