import { strToU8 } from 'fflate';
import type { DatasetFile } from '../../format';

const BLOCK = 512;
/** What a ustar header has room for. */
const LONGEST_NAME = 100;
const LARGEST_OCTAL_SIZE = 8 ** 11;

/** Writes a tar archive member by member. The same members always make the same bytes: no times, no owners. */
export interface TarWriter {
  /** Bytes written so far. */
  readonly byteSize: number;
  add(name: string, content: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** POSIX.1-1988 (ustar), with pax headers for names that are longer than 100 bytes or not ASCII. */
export function tarWriter(file: DatasetFile): TarWriter {
  let byteSize = 0;
  const write = async (bytes: Uint8Array) => {
    byteSize += bytes.length;
    await file.write(bytes);
  };
  const member = async (name: Uint8Array, content: Uint8Array, type: string) => {
    await write(header(name, content.length, type));
    await write(content);
    const rest = content.length % BLOCK;
    if (rest > 0) await write(new Uint8Array(BLOCK - rest));
  };
  return {
    get byteSize() {
      return byteSize;
    },
    async add(name, content) {
      const bytes = strToU8(name);
      const isPlain = bytes.length <= LONGEST_NAME && bytes.length === name.length;
      if (!isPlain || content.length >= LARGEST_OCTAL_SIZE) {
        const records = [['path', bytes] as const];
        await member(strToU8('././@PaxHeader'), paxRecords(records, content.length), 'x');
      }
      await member(bytes.subarray(0, LONGEST_NAME), content, '0');
    },
    async close() {
      // Two blocks of nothing end an archive.
      await write(new Uint8Array(2 * BLOCK));
      await file.close();
    },
  };
}

function paxRecords(records: readonly (readonly [string, Uint8Array])[], size: number): Uint8Array {
  const lines = [...records, ['size', strToU8(String(size))] as const].map(([key, value]) =>
    paxRecord(key, value),
  );
  const whole = new Uint8Array(lines.reduce((sum, line) => sum + line.length, 0));
  let at = 0;
  for (const line of lines) {
    whole.set(line, at);
    at += line.length;
  }
  return whole;
}

/** `<length> <key>=<value>\n`, where the length counts its own digits. */
function paxRecord(key: string, value: Uint8Array): Uint8Array {
  const rest = ` ${key}=`.length + value.length + 1;
  let length = rest + String(rest).length;
  if (rest + String(length).length !== length) length = rest + String(length).length;
  const record = new Uint8Array(length);
  const start = strToU8(`${length} ${key}=`);
  record.set(start);
  record.set(value, start.length);
  record[length - 1] = 10;
  return record;
}

function header(name: Uint8Array, size: number, type: string): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const put = (text: string, at: number) => block.set(strToU8(text), at);
  block.set(name);
  put('0000644\0', 100);
  put('0000000\0', 108);
  put('0000000\0', 116);
  put(
    `${Math.min(size, LARGEST_OCTAL_SIZE - 1)
      .toString(8)
      .padStart(11, '0')}\0`,
    124,
  );
  put('00000000000\0', 136);
  put('        ', 148);
  put(type, 156);
  put('ustar\x0000', 257);
  let sum = 0;
  for (const byte of block) sum += byte;
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
