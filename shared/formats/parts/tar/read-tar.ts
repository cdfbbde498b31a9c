import { strFromU8 } from 'fflate';
import type { DatasetFolder } from '../../format';
import { ByteQueue } from '../byte-queue';

const BLOCK = 512;
/** Extended headers hold a few names; a larger one is an attack. */
const MAX_EXTENDED_BYTES = 1024 * 1024;

export interface TarMember {
  /** As it stands in the archive: it may be absolute or climb out, and is judged by whoever uses it. */
  readonly name: string;
  readonly byteSize: number;
  /** Null when it was not wanted. */
  readonly content: Uint8Array | null;
}

/** How an archive ended: `null` when it was whole. */
export interface TarEnd {
  readonly fault: string | null;
}

/**
 * The files of a tar archive in their order (ustar, pax and GNU long names); folders and links are passed over. Memory is
 * bounded by the largest wanted file.
 * @param wants whether the content of a file is to be read.
 */
export async function* readTar(
  folder: DatasetFolder,
  path: string,
  wants: (name: string, byteSize: number) => boolean,
): AsyncGenerator<TarMember, TarEnd> {
  const bytes = new ByteQueue(folder.streamBytes(path));
  let longName: string | null = null;
  let longSize: number | null = null;
  let hasHeader = false;
  try {
    for (;;) {
      const block = await bytes.take(BLOCK);
      if (block === null) return end(hasHeader ? 'it ends without its closing blocks' : 'it is too short');
      if (block.every((byte) => byte === 0)) return end(null);
      const head = tarHeader(block);
      if (head === null) return end('a header is damaged: its checksum is wrong');
      hasHeader = true;
      const size = longSize ?? head.byteSize;
      const padded = Math.ceil(size / BLOCK) * BLOCK;
      const isExtended = head.type === 'x' || head.type === 'L' || head.type === 'g' || head.type === 'K';
      const name: string = longName ?? head.name;
      const isFile = head.type === '0' || head.type === '\0' || head.type === '7';
      const isWanted = isExtended ? size <= MAX_EXTENDED_BYTES : isFile && wants(name, size);
      if (!isWanted) {
        if (!(await bytes.skip(padded))) return end(`it ends in the middle of ${name.slice(0, 200)}`);
      }
      const content = isWanted ? await bytes.take(padded) : null;
      if (isWanted && content === null) return end(`it ends in the middle of ${name.slice(0, 200)}`);
      if (isExtended) {
        if (content === null) return end('an extended header is too large');
        const text = content.subarray(0, size);
        if (head.type === 'L') longName = strFromU8(text).replace(/\0.*$/s, '');
        if (head.type === 'x') {
          const records = paxRecords(text);
          longName = records.get('path') ?? longName;
          const given = records.get('size');
          longSize = given !== undefined && /^\d{1,15}$/.test(given) ? Number(given) : longSize;
        }
        continue;
      }
      longName = null;
      longSize = null;
      if (isFile)
        yield { name, byteSize: size, content: content === null ? null : content.subarray(0, size) };
    }
  } catch (thrown) {
    return end(`it cannot be read further: ${messageOf(thrown)}`);
  } finally {
    await bytes.close();
  }
}

function end(fault: string | null): TarEnd {
  return { fault };
}

function messageOf(thrown: unknown): string {
  return typeof thrown === 'object' && thrown !== null && 'message' in thrown
    ? String(thrown.message)
    : String(thrown);
}

/** Name, size and type of a header; null when its checksum is wrong or its size is no number. */
export function tarHeader(
  block: Uint8Array,
): { readonly name: string; readonly byteSize: number; readonly type: string } | null {
  if (block.length < BLOCK) return null;
  let sum = 0;
  for (let at = 0; at < BLOCK; at += 1) sum += at >= 148 && at < 156 ? 32 : (block[at] ?? 0);
  const byteSize = numberAt(block, 124, 12);
  if (numberAt(block, 148, 8) !== sum || byteSize === null || byteSize < 0) return null;
  const isUstar = textAt(block, 257, 5) === 'ustar';
  const prefix = isUstar && block[262] === 0 ? textAt(block, 345, 155) : '';
  const name = textAt(block, 0, 100);
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    byteSize,
    type: String.fromCharCode(block[156] ?? 0),
  };
}

/** Octal digits, or for large numbers a first byte of 0x80 and the number in 256s (GNU). */
function numberAt(block: Uint8Array, at: number, length: number): number | null {
  if (((block[at] ?? 0) & 0x80) !== 0) {
    let value = 0;
    for (let byte = at + 1; byte < at + length; byte += 1) value = value * 256 + (block[byte] ?? 0);
    return Number.isSafeInteger(value) && block[at] === 0x80 ? value : null;
  }
  const text = textAt(block, at, length).trim();
  return /^[0-7]{1,12}$/.test(text) ? Number.parseInt(text, 8) : null;
}

function textAt(block: Uint8Array, at: number, length: number): string {
  const field = block.subarray(at, at + length);
  const zero = field.indexOf(0);
  return strFromU8(zero < 0 ? field : field.subarray(0, zero));
}

function paxRecords(bytes: Uint8Array): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(32, at);
    const length = space < 0 ? Number.NaN : Number(strFromU8(bytes.subarray(at, space)));
    if (!Number.isInteger(length) || length <= space - at || at + length > bytes.length) break;
    const record = strFromU8(bytes.subarray(space + 1, at + length - 1));
    const equals = record.indexOf('=');
    if (equals > 0) records.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return records;
}
