import type { DatasetFolder } from '../../format';
import { ByteQueue } from '../byte-queue';
import { maskedCrc32c } from './crc32c';

/** A record holds one picture and what is in it. */
const MAX_RECORD_BYTES = 512 * 1024 * 1024;

const HEADER_BYTES = 12;

/** One record with its frame: length (64 bit), its checksum, the data, its checksum; all little endian. */
export function framedRecord(data: Uint8Array): Uint8Array {
  const framed = new Uint8Array(HEADER_BYTES + data.length + 4);
  const view = new DataView(framed.buffer);
  view.setUint32(0, data.length, true);
  view.setUint32(8, maskedCrc32c(framed.subarray(0, 8)), true);
  framed.set(data, HEADER_BYTES);
  view.setUint32(HEADER_BYTES + data.length, maskedCrc32c(data), true);
  return framed;
}

/** The length of the record whose first twelve bytes are given; null when their checksum is wrong: it is no TFRecord. */
export function recordLength(header: Uint8Array): number | null {
  if (header.length < HEADER_BYTES) return null;
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (view.getUint32(8, true) !== maskedCrc32c(header.subarray(0, 8))) return null;
  const length = view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32;
  return Number.isSafeInteger(length) ? length : null;
}

export type ReadRecord = { readonly data: Uint8Array } | { readonly fault: string; readonly number: number };

/**
 * The records of a file in their order, one at a time. A record whose data does not fit its checksum is a fault and the
 * next one follows; a damaged length ends the file.
 */
export async function* readRecords(folder: DatasetFolder, path: string): AsyncGenerator<ReadRecord> {
  const bytes = new ByteQueue(folder.streamBytes(path));
  try {
    for (let number = 1; !(await bytes.isAtEnd()); number += 1) {
      const header = await bytes.take(HEADER_BYTES);
      const length = header === null ? null : recordLength(header);
      if (length === null) {
        yield {
          fault: header === null ? 'is cut off' : 'has a length that its checksum does not fit',
          number,
        };
        return;
      }
      if (length > MAX_RECORD_BYTES) {
        yield { fault: `is larger than ${MAX_RECORD_BYTES / 1024 / 1024} MB`, number };
        if (!(await bytes.skip(length + 4))) return;
        continue;
      }
      const framed = await bytes.take(length + 4);
      if (framed === null) {
        yield { fault: 'is cut off', number };
        return;
      }
      const data = framed.subarray(0, length);
      const view = new DataView(framed.buffer, framed.byteOffset + length, 4);
      if (view.getUint32(0, true) === maskedCrc32c(data)) yield { data };
      else yield { fault: 'does not fit its checksum', number };
    }
  } catch (thrown) {
    const message =
      typeof thrown === 'object' && thrown !== null && 'message' in thrown ? thrown.message : thrown;
    yield { fault: `cannot be read: ${String(message)}`, number: 0 };
  } finally {
    await bytes.close();
  }
}
