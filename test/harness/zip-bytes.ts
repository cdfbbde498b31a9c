import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of a zip that is put together byte by byte, as honest or as hostile as a test wants it. */
export interface HandMadeEntry {
  /** Bytes of the name as they stand; a text is UTF-8. */
  readonly name: string | Uint8Array;
  readonly content?: string | Uint8Array;
  readonly isStored?: boolean;
  /** Unix mode with the kind of file in it; makes the entry one that was made on Unix. */
  readonly mode?: number;
  readonly flags?: number;
  readonly method?: number;
  /** What the directory claims in place of the truth. */
  readonly claims?: Partial<{ byteSize: number; compressedSize: number; crc32: number; offset: number }>;
  /** Sizes and offset are written in a zip64 extra field. */
  readonly isZip64?: boolean;
}

const UTF8_FLAG = 0x800;

/** A zip by the application note (PKWARE APPNOTE 6.3), without any library. */
export function zipBytes(
  entries: readonly HandMadeEntry[],
  options: { readonly isZip64?: boolean } = {},
): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name as Uint8Array);
    const content = Buffer.from((entry.content ?? '') as Uint8Array);
    const method = entry.method ?? (entry.isStored === true ? 0 : 8);
    const data = entry.isStored === true ? content : deflateRawSync(content);
    const flags = entry.flags ?? UTF8_FLAG;
    const truth = {
      byteSize: content.length,
      compressedSize: data.length,
      crc32: crc32(content),
      offset: at,
    };
    const claimed = { ...truth, ...entry.claims };

    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(truth.crc32, 14);
    local.writeUInt32LE(truth.compressedSize, 18);
    local.writeUInt32LE(truth.byteSize, 22);
    local.writeUInt16LE(name.length, 26);
    parts.push(local, name, data);
    at += 30 + name.length + data.length;

    const isZip64 = entry.isZip64 === true;
    const extra = isZip64 ? Buffer.alloc(28) : Buffer.alloc(0);
    if (isZip64) {
      extra.writeUInt16LE(1, 0);
      extra.writeUInt16LE(24, 2);
      extra.writeBigUInt64LE(BigInt(claimed.byteSize), 4);
      extra.writeBigUInt64LE(BigInt(claimed.compressedSize), 12);
      extra.writeBigUInt64LE(BigInt(claimed.offset), 20);
    }
    const record = Buffer.alloc(46);
    record.writeUInt32LE(0x02014b50, 0);
    record.writeUInt16LE(entry.mode === undefined ? 20 : (3 << 8) | 20, 4);
    record.writeUInt16LE(20, 6);
    record.writeUInt16LE(flags, 8);
    record.writeUInt16LE(method, 10);
    record.writeUInt32LE(claimed.crc32, 16);
    record.writeUInt32LE(isZip64 ? 0xffffffff : claimed.compressedSize, 20);
    record.writeUInt32LE(isZip64 ? 0xffffffff : claimed.byteSize, 24);
    record.writeUInt16LE(name.length, 28);
    record.writeUInt16LE(extra.length, 30);
    record.writeUInt32LE(((entry.mode ?? 0) << 16) >>> 0, 38);
    record.writeUInt32LE(isZip64 ? 0xffffffff : claimed.offset, 42);
    directory.push(record, name, extra);
  }
  const directorySize = directory.reduce((sum, part) => sum + part.length, 0);
  const isZip64 = options.isZip64 === true;
  const end64 = Buffer.alloc(isZip64 ? 56 + 20 : 0);
  if (isZip64) {
    end64.writeUInt32LE(0x06064b50, 0);
    end64.writeBigUInt64LE(44n, 4);
    end64.writeBigUInt64LE(BigInt(entries.length), 24);
    end64.writeBigUInt64LE(BigInt(entries.length), 32);
    end64.writeBigUInt64LE(BigInt(directorySize), 40);
    end64.writeBigUInt64LE(BigInt(at), 48);
    end64.writeUInt32LE(0x07064b50, 56);
    end64.writeBigUInt64LE(BigInt(at + directorySize), 64);
    end64.writeUInt32LE(1, 72);
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(isZip64 ? 0xffff : entries.length, 8);
  end.writeUInt16LE(isZip64 ? 0xffff : entries.length, 10);
  end.writeUInt32LE(isZip64 ? 0xffffffff : directorySize, 12);
  end.writeUInt32LE(isZip64 ? 0xffffffff : at, 16);
  return Buffer.concat([...parts, ...directory, end64, end]);
}
