import type { ByteSource } from './byte-source';

/** How numbers are written in a TIFF structure: a TIFF file, a BigTIFF file, or the EXIF block of another format. */
export interface TiffHeader {
  readonly isLittleEndian: boolean;
  /** BigTIFF: 8-byte offsets and counts. */
  readonly isBig: boolean;
  readonly firstDirectory: number;
}

/** One field of a directory; `valueAt` is where its values start, in bytes from the start of the structure. */
export interface TiffField {
  readonly type: number;
  readonly count: number;
  readonly valueAt: number;
}

export type TiffDirectory = ReadonlyMap<number, TiffField>;

/** Bytes of one value by TIFF type number; 0 for numbers that no type has. */
const SIZE_BY_TYPE = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8] as const;

/** No camera writes more; a longer directory is an attack or noise. */
const MAX_FIELDS = 4096;

export function readTiffHeader(source: ByteSource): TiffHeader | null {
  const head = source.window(0, 16);
  if (head.length < 8) return null;
  const order = head.readUInt16BE(0);
  if (order !== 0x4949 && order !== 0x4d4d) return null;
  const isLittleEndian = order === 0x4949;
  const magic = isLittleEndian ? head.readUInt16LE(2) : head.readUInt16BE(2);
  if (magic === 42) {
    return {
      isLittleEndian,
      isBig: false,
      firstDirectory: isLittleEndian ? head.readUInt32LE(4) : head.readUInt32BE(4),
    };
  }
  if (magic !== 43 || head.length < 16) return null;
  return { isLittleEndian, isBig: true, firstDirectory: unsigned(head, 8, 8, isLittleEndian) };
}

/** The fields of a directory that are in `wanted`; null when it does not lie in the file. */
export function readTiffDirectory(
  source: ByteSource,
  header: TiffHeader,
  at: number,
  wanted: ReadonlySet<number>,
): TiffDirectory | null {
  const { isBig, isLittleEndian } = header;
  const countSize = isBig ? 8 : 2;
  const fieldSize = isBig ? 20 : 12;
  const inline = isBig ? 8 : 4;
  const countBytes = source.window(at, countSize);
  if (at < 8 || countBytes.length < countSize) return null;
  const count = unsigned(countBytes, 0, countSize, isLittleEndian);
  if (count === 0 || count > MAX_FIELDS) return null;
  const fields = new Map<number, TiffField>();
  const table = source.window(at + countSize, count * fieldSize);
  if (table.length < count * fieldSize) return null;
  for (let i = 0; i < count; i++) {
    const start = i * fieldSize;
    const tag = unsigned(table, start, 2, isLittleEndian);
    if (!wanted.has(tag)) continue;
    const type = unsigned(table, start + 2, 2, isLittleEndian);
    const values = unsigned(table, start + 4, isBig ? 8 : 4, isLittleEndian);
    const valueField = start + fieldSize - inline;
    const isInline = values * (SIZE_BY_TYPE[type] ?? 0) <= inline;
    fields.set(tag, {
      type,
      count: values,
      valueAt: isInline ? at + countSize + valueField : unsigned(table, valueField, inline, isLittleEndian),
    });
  }
  return fields;
}

/** The first `most` whole-number values of a field; null when its type holds none or its values are not there. */
export function readNumbers(
  source: ByteSource,
  header: TiffHeader,
  field: TiffField | undefined,
  most: number,
): readonly number[] | null {
  if (field === undefined) return null;
  const size = SIZE_BY_TYPE[field.type] ?? 0;
  const isWhole = [1, 3, 4, 13, 16, 18].includes(field.type);
  if (!isWhole || size === 0) return null;
  const count = Math.min(field.count, most);
  const values: number[] = [];
  // By pieces, because windows are bounded and a huge TIFF has many strips.
  const perWindow = 8192;
  for (let from = 0; from < count; from += perWindow) {
    const here = Math.min(perWindow, count - from);
    const bytes = source.window(field.valueAt + from * size, here * size);
    if (bytes.length < here * size) return null;
    for (let i = 0; i < here; i++) values.push(unsigned(bytes, i * size, size, header.isLittleEndian));
  }
  return values;
}

/** A text field without its closing NUL; null when absent. At most 64 bytes are read: dates are 19. */
export function readText(source: ByteSource, field: TiffField | undefined): string | null {
  if (field === undefined || field.type !== 2) return null;
  const bytes = source.window(field.valueAt, Math.min(field.count, 64));
  const end = bytes.indexOf(0);
  return bytes.toString('latin1', 0, end === -1 ? bytes.length : end);
}

function unsigned(bytes: Buffer, at: number, size: number, isLittleEndian: boolean): number {
  if (size === 1) return bytes.readUInt8(at);
  if (size === 2) return isLittleEndian ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
  if (size === 4) return isLittleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
  // Beyond 2^53 the value is wrong, but then it lies behind the end of any file and is refused as such.
  return Number(isLittleEndian ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
}
