import { crc32c } from './crc32c';

/**
 * LevelDB's log format (doc/log_format.md of LevelDB): blocks of 32 KB; in them records of a 7-byte header (masked
 * CRC-32C, length, type) and payload; what is longer than its block goes on in the next as first, middle, last.
 */
const BLOCK_SIZE = 32_768;
const HEADER_SIZE = 7;
const FULL = 1;
const FIRST = 2;
const MIDDLE = 3;
const LAST = 4;

/** What a log holds and where it stops being sound. */
export interface LogContent {
  /** Whole records in order; those behind a damage included. */
  readonly records: readonly Uint8Array[];
  /** Bytes from the start up to the end of the last whole record before any damage. */
  readonly soundLength: number;
  readonly state:
    | 'sound'
    /** The last record was cut while it was being written; nothing follows it. */
    | 'torn'
    /** Whole records follow behind something that is none. */
    | 'damaged';
}

/** Reads a log as far as it can be read. Never throws; whatever is not a whole record is left out. */
export function readLog(bytes: Uint8Array): LogContent {
  const records: Uint8Array[] = [];
  let parts: Uint8Array[] | null = null;
  let at = 0;
  let soundLength = 0;
  let hasDamage = false;
  let isFollowed = false;
  while (at < bytes.length) {
    const room = BLOCK_SIZE - (at % BLOCK_SIZE);
    if (room < HEADER_SIZE) {
      // The rest of a block that has no room for a header is filled with zeros.
      if (!hasDamage && parts === null) soundLength = Math.min(at + room, bytes.length);
      at += room;
      continue;
    }
    const record = recordAt(bytes, at);
    const continues = record !== null && (record.type === MIDDLE || record.type === LAST);
    if (record === null || continues !== (parts !== null)) {
      hasDamage = true;
      // A record that begins anew says that the one before it was never finished; it is itself worth keeping.
      if (record === null || continues) {
        parts = null;
        at = record === null ? nextRecordAfter(bytes, at) : at + HEADER_SIZE + record.payload.length;
        continue;
      }
      parts = null;
    }
    at += HEADER_SIZE + record.payload.length;
    parts = [...(parts ?? []), record.payload];
    if (record.type === FULL || record.type === LAST) {
      records.push(concatenated(parts));
      parts = null;
      if (hasDamage) isFollowed = true;
      else soundLength = at;
    }
  }
  const isCut = hasDamage || parts !== null;
  return { records, soundLength, state: isFollowed ? 'damaged' : isCut ? 'torn' : 'sound' };
}

/** A log that holds these records and nothing else. */
export function writeLog(records: readonly Uint8Array[]): Uint8Array {
  const pieces: Uint8Array[] = [];
  let at = 0;
  const push = (piece: Uint8Array): void => {
    pieces.push(piece);
    at += piece.length;
  };
  for (const record of records) {
    let rest = record;
    let isFirst = true;
    do {
      let room = BLOCK_SIZE - (at % BLOCK_SIZE);
      if (room < HEADER_SIZE) {
        push(new Uint8Array(room));
        room = BLOCK_SIZE;
      }
      const payload = rest.subarray(0, room - HEADER_SIZE);
      rest = rest.subarray(payload.length);
      const isLast = rest.length === 0;
      push(framed(payload, isFirst ? (isLast ? FULL : FIRST) : isLast ? LAST : MIDDLE));
      isFirst = false;
    } while (rest.length > 0);
  }
  return concatenated(pieces);
}

function framed(payload: Uint8Array, type: number): Uint8Array {
  const bytes = new Uint8Array(HEADER_SIZE + payload.length);
  bytes[6] = type;
  bytes.set(payload, HEADER_SIZE);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, masked(crc32c(bytes, 6)), true);
  view.setUint16(4, payload.length, true);
  return bytes;
}

/** LevelDB stores CRCs rotated and offset, because a CRC over data that holds CRCs is a weak one. */
function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

function recordAt(
  bytes: Uint8Array,
  at: number,
): { readonly type: number; readonly payload: Uint8Array } | null {
  const room = BLOCK_SIZE - (at % BLOCK_SIZE);
  if (room < HEADER_SIZE || at + HEADER_SIZE > bytes.length) return null;
  const type = bytes[at + 6] ?? 0;
  if (type < FULL || type > LAST) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, HEADER_SIZE);
  const length = view.getUint16(4, true);
  const end = at + HEADER_SIZE + length;
  if (HEADER_SIZE + length > room || end > bytes.length) return null;
  if (view.getUint32(0, true) !== masked(crc32c(bytes, at + 6, end))) return null;
  return { type, payload: bytes.subarray(at + HEADER_SIZE, end) };
}

/** Where the next whole record begins behind `at`, or the end. Its CRC makes a mistake as good as impossible. */
function nextRecordAfter(bytes: Uint8Array, at: number): number {
  for (let next = at + 1; next < bytes.length; next += 1) {
    if (recordAt(bytes, next) !== null) return next;
  }
  return bytes.length;
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
