import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { createDeflateRaw, deflateRawSync } from 'node:zlib';
import { crc32 } from '../../media/probe/crc32';

/**
 * Writes a zip (PKWARE APPNOTE 6.3) entry by entry. Bytes follow from names and contents alone: one date, one mode, entries
 * in the order in which they were added. Sizes stand in the local headers, so that readers need no look ahead; zip64
 * records are written where a size, an offset or the number of entries asks for them.
 *
 * yazl was measured first: it looks through all entries for each one, so that 30,000 label files took 24 seconds.
 */
export interface ZipWriter {
  addBytes(name: string, bytes: Uint8Array): Promise<void>;
  addFile(name: string, file: string, byteSize: number): Promise<void>;
  /** Writes the directory. Nothing may be added after it. */
  end(): Promise<void>;
}

/** Pictures and archives are packed already: deflating them again costs time and saves nothing. */
const IS_PACKED = /\.(?:jpe?g|png|webp|avif|gif|zip|gmk|gz|parquet|npz)$/i;

/** What is gathered before it goes to the disk. */
const FLUSH_AT_BYTES = 1024 * 1024;

/** From here on a size might pass what 32 bits hold once it is deflated (5 bytes more for each 16 kB). */
const ZIP64_FROM_BYTES = 0xff00_0000;
const MOST_IN_32_BITS = 0xffff_ffff;
const MOST_ENTRIES = 0xffff;

const VERSION = 20;
const VERSION_ZIP64 = 45;
/** Made on Unix, so that the mode counts. */
const MADE_BY = (3 << 8) | VERSION_ZIP64;
const UTF8_NAMES = 0x800;
/** 1 January 1980, 0:00, the first moment that a zip can hold. */
const DATE = (1 << 5) | 1;
/** A plain file that its owner may write and everybody read. */
const MODE = 0o100644;

interface Written {
  readonly name: Buffer;
  readonly method: number;
  readonly crc: number;
  readonly byteSize: number;
  readonly packedSize: number;
  readonly offset: number;
}

export function createZipWriter(file: FileHandle): ZipWriter {
  const directory: Buffer[] = [];
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let at = 0;

  const flush = async () => {
    const bytes = Buffer.concat(held);
    held = [];
    heldBytes = 0;
    await writeAll(file, bytes, at - bytes.length);
  };
  const write = async (bytes: Uint8Array) => {
    held.push(bytes);
    heldBytes += bytes.length;
    at += bytes.length;
    if (heldBytes >= FLUSH_AT_BYTES) await flush();
  };

  return {
    async addBytes(name, bytes) {
      const isPacked = IS_PACKED.test(name);
      const packed = isPacked ? bytes : deflateRawSync(bytes);
      // What does not shrink is stored as it is.
      const isStored = packed.length >= bytes.length;
      const data = isStored ? bytes : packed;
      const entry: Written = {
        name: Buffer.from(name, 'utf8'),
        method: isStored ? 0 : 8,
        crc: crc32(bytes),
        byteSize: bytes.length,
        packedSize: data.length,
        offset: at,
      };
      await write(localHeader(entry, false));
      await write(data);
      directory.push(directoryRecord(entry));
    },

    async addFile(name, path, byteSize) {
      const offset = at;
      const isPacked = IS_PACKED.test(name);
      const isZip64 = byteSize >= ZIP64_FROM_BYTES;
      const common = { name: Buffer.from(name, 'utf8'), method: isPacked ? 0 : 8, offset };
      await write(localHeader({ ...common, crc: 0, byteSize: 0, packedSize: 0 }, isZip64));
      let crc = 0;
      let size = 0;
      let packedSize = 0;
      const plain = (async function* () {
        for await (const chunk of createReadStream(path, { highWaterMark: FLUSH_AT_BYTES })) {
          crc = crc32(chunk as Buffer, crc);
          size += (chunk as Buffer).length;
          yield chunk as Buffer;
        }
      })();
      for await (const chunk of isPacked ? plain : deflated(plain)) {
        packedSize += chunk.length;
        await write(chunk);
      }
      await flush();
      const entry: Written = { ...common, crc, byteSize: size, packedSize };
      if (!isZip64 && Math.max(size, packedSize) >= MOST_IN_32_BITS) {
        throw new Error(`${name} grew while it was packed`);
      }
      // Now that its sizes are known, the header is written once more.
      await writeAll(file, localHeader(entry, isZip64), offset);
      directory.push(directoryRecord(entry));
    },

    async end() {
      const start = at;
      for (const record of directory) await write(record);
      await write(endOfDirectory(directory.length, at - start, start));
      await flush();
    },
  };
}

async function* deflated(plain: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const deflate = createDeflateRaw({ chunkSize: FLUSH_AT_BYTES });
  const feeding = (async () => {
    try {
      for await (const chunk of plain) {
        if (!deflate.write(chunk)) await new Promise<void>((go) => deflate.once('drain', go));
      }
      deflate.end();
    } catch (thrown) {
      deflate.destroy(thrown instanceof Error ? thrown : new Error(String(thrown)));
    }
  })();
  yield* deflate as AsyncIterable<Buffer>;
  await feeding;
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

function localHeader({ name, method, crc, byteSize, packedSize }: Written, isZip64: boolean): Buffer {
  const header = Buffer.alloc(30 + name.length + (isZip64 ? 20 : 0));
  header.writeUInt32LE(0x0403_4b50, 0);
  header.writeUInt16LE(isZip64 ? VERSION_ZIP64 : VERSION, 4);
  header.writeUInt16LE(UTF8_NAMES, 6);
  header.writeUInt16LE(method, 8);
  header.writeUInt16LE(DATE, 12);
  header.writeUInt32LE(crc, 14);
  header.writeUInt32LE(isZip64 ? MOST_IN_32_BITS : packedSize, 18);
  header.writeUInt32LE(isZip64 ? MOST_IN_32_BITS : byteSize, 22);
  header.writeUInt16LE(name.length, 26);
  header.writeUInt16LE(isZip64 ? 20 : 0, 28);
  name.copy(header, 30);
  if (isZip64) {
    const extra = 30 + name.length;
    header.writeUInt16LE(1, extra);
    header.writeUInt16LE(16, extra + 2);
    header.writeBigUInt64LE(BigInt(byteSize), extra + 4);
    header.writeBigUInt64LE(BigInt(packedSize), extra + 12);
  }
  return header;
}

function directoryRecord({ name, method, crc, byteSize, packedSize, offset }: Written): Buffer {
  // All three or none: readers differ in what they expect of records that give some.
  const isZip64 = [byteSize, packedSize, offset].some((value) => value >= ZIP64_FROM_BYTES);
  const record = Buffer.alloc(46 + name.length + (isZip64 ? 28 : 0));
  record.writeUInt32LE(0x0201_4b50, 0);
  record.writeUInt16LE(MADE_BY, 4);
  record.writeUInt16LE(isZip64 ? VERSION_ZIP64 : VERSION, 6);
  record.writeUInt16LE(UTF8_NAMES, 8);
  record.writeUInt16LE(method, 10);
  record.writeUInt16LE(DATE, 14);
  record.writeUInt32LE(crc, 16);
  record.writeUInt32LE(isZip64 ? MOST_IN_32_BITS : packedSize, 20);
  record.writeUInt32LE(isZip64 ? MOST_IN_32_BITS : byteSize, 24);
  record.writeUInt16LE(name.length, 28);
  record.writeUInt16LE(isZip64 ? 28 : 0, 30);
  record.writeUInt32LE((MODE << 16) >>> 0, 38);
  record.writeUInt32LE(isZip64 ? MOST_IN_32_BITS : offset, 42);
  name.copy(record, 46);
  if (isZip64) {
    const extra = 46 + name.length;
    record.writeUInt16LE(1, extra);
    record.writeUInt16LE(24, extra + 2);
    record.writeBigUInt64LE(BigInt(byteSize), extra + 4);
    record.writeBigUInt64LE(BigInt(packedSize), extra + 12);
    record.writeBigUInt64LE(BigInt(offset), extra + 20);
  }
  return record;
}

function endOfDirectory(count: number, size: number, start: number): Buffer {
  const isZip64 = count >= MOST_ENTRIES || size >= MOST_IN_32_BITS || start >= MOST_IN_32_BITS;
  const end64 = Buffer.alloc(isZip64 ? 76 : 0);
  if (isZip64) {
    end64.writeUInt32LE(0x0606_4b50, 0);
    end64.writeBigUInt64LE(44n, 4);
    end64.writeUInt16LE(MADE_BY, 12);
    end64.writeUInt16LE(VERSION_ZIP64, 14);
    end64.writeBigUInt64LE(BigInt(count), 24);
    end64.writeBigUInt64LE(BigInt(count), 32);
    end64.writeBigUInt64LE(BigInt(size), 40);
    end64.writeBigUInt64LE(BigInt(start), 48);
    end64.writeUInt32LE(0x0706_4b50, 56);
    end64.writeBigUInt64LE(BigInt(start + size), 64);
    end64.writeUInt32LE(1, 72);
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(Math.min(count, MOST_ENTRIES), 8);
  end.writeUInt16LE(Math.min(count, MOST_ENTRIES), 10);
  end.writeUInt32LE(Math.min(size, MOST_IN_32_BITS), 12);
  end.writeUInt32LE(Math.min(start, MOST_IN_32_BITS), 16);
  return Buffer.concat([end64, end]);
}
