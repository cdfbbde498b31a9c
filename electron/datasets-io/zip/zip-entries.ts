import { readSync } from 'node:fs';
import * as yauzl from 'yauzl';
import type { UnseenPath } from '../../../shared/formats/format';
import { RelativeKey } from '../../../shared/schema/ids';

/** A file in a zip that may be read. */
export interface ZipEntry {
  readonly path: string;
  /** Uncompressed. */
  readonly byteSize: number;
  readonly compressedSize: number;
  /** Where its local header begins. */
  readonly offset: number;
  readonly isDeflated: boolean;
  readonly crc32: number;
}

export interface ZipListing {
  /** Sorted by path in code-unit order. */
  readonly entries: readonly ZipEntry[];
  readonly unseen: readonly UnseenPath[];
}

/** As for folders: a zip beyond it is no dataset. */
const MAX_ENTRIES = 2_000_000;
const MAX_DEPTH = 64;

/**
 * What a zip may swell to. Deflate reaches 1,032 : 1 at the most; label files of real datasets reach about 30 : 1, run
 * lengths of empty masks about 200 : 1. Small entries may be anything: they cannot hurt.
 */
const LARGEST_RATIO = 250;
const HARMLESS_BYTES = 64 * 1024 * 1024;

const ENCRYPTED = 0x1;
const STORED = 0;
const DEFLATED = 8;
const LOCAL_HEADER_BYTES = 30;

/** Upper byte of "version made by", after which the upper half of the attributes is a Unix mode. */
const MADE_ON_UNIX = new Set([3, 19]);
const MODE_KIND = 0o170000;
const MODE_FILE = 0o100000;

/** Resource forks that macOS packs beside files; they are none of the dataset. */
const IS_SYSTEM = /^__MACOSX\//;

/**
 * Lists a zip by its central directory. What cannot be trusted is passed over and said: names that lead out or that
 * two entries share, links, what is encrypted, what swells beyond measure or overlaps another entry. Throws what yauzl
 * throws for a directory that is damaged.
 *
 * @param descriptor an open file; the caller closes it.
 */
export async function readZipEntries(descriptor: number, fileSize: number): Promise<ZipListing> {
  const zip = await yauzl.fromRandomAccessReaderPromise(new BufferedReader(descriptor), fileSize, {
    autoClose: false,
    // Names are decoded here, so that one bad name does not cost the others; sizes are held to when data is read.
    decodeStrings: false,
    validateEntrySizes: false,
  });
  const entries: ZipEntry[] = [];
  const unseen: UnseenPath[] = [];
  const taken = new Map<string, string>();
  const claimed: { readonly entry: ZipEntry; readonly end: number }[] = [];
  for await (const raw of zip.eachEntry()) {
    if (entries.length >= MAX_ENTRIES) {
      unseen.push({ path: '', reason: 'too-many' });
      break;
    }
    const path = yauzl.getFileNameLowLevel(raw.generalPurposeBitFlag, raw.fileNameRaw, raw.extraFields, true);
    if (path.endsWith('/') || IS_SYSTEM.test(path)) continue;
    const reason = refusalOf(raw, path, taken);
    if (reason !== null) {
      unseen.push({ path: shown(path), reason });
      continue;
    }
    taken.set(path.toLowerCase(), path);
    const entry: ZipEntry = {
      path,
      byteSize: raw.uncompressedSize,
      compressedSize: raw.compressedSize,
      offset: raw.relativeOffsetOfLocalHeader,
      isDeflated: raw.compressionMethod === DEFLATED,
      crc32: raw.crc32,
    };
    entries.push(entry);
    const end = entry.offset + LOCAL_HEADER_BYTES + raw.fileNameLength + entry.compressedSize;
    claimed.push({ entry, end });
  }
  const overlapping = overlappingEntries(claimed);
  for (const { path } of overlapping) unseen.push({ path, reason: 'bomb' });
  return {
    entries: entries.filter((entry) => !overlapping.has(entry)).sort((a, b) => (a.path < b.path ? -1 : 1)),
    unseen,
  };
}

function refusalOf(
  raw: yauzl.Entry,
  path: string,
  taken: ReadonlyMap<string, string>,
): UnseenPath['reason'] | null {
  if (!isPlainName(path)) return 'bad-name';
  if (path.split('/').length > MAX_DEPTH) return 'too-deep';
  // Two names that differ in case alone are one file on many disks, and nobody can say which is meant.
  if (taken.has(path.toLowerCase())) return 'duplicate';
  const mode = raw.externalFileAttributes >>> 16;
  const kind = mode & MODE_KIND;
  if (MADE_ON_UNIX.has(raw.versionMadeBy >>> 8) && kind !== 0 && kind !== MODE_FILE) return 'link';
  if ((raw.generalPurposeBitFlag & ENCRYPTED) !== 0) return 'encrypted';
  if (raw.compressionMethod !== STORED && raw.compressionMethod !== DEFLATED) return 'compression';
  if (raw.compressionMethod === STORED && raw.compressedSize !== raw.uncompressedSize) return 'unreadable';
  const swells =
    raw.uncompressedSize > HARMLESS_BYTES && raw.uncompressedSize > raw.compressedSize * LARGEST_RATIO;
  return swells ? 'bomb' : null;
}

const DRIVE = /^[a-z]:/i;

function isPlainName(path: string): boolean {
  return !DRIVE.test(path) && RelativeKey.safeParse(path).success;
}

/** Short enough for a message, and without what a terminal would obey. */
function shown(path: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return path.slice(0, 200).replace(/[\u0000-\u001f\u007f]/g, '\ufffd');
}

/** Entries that begin inside another: real zips have none, and one kernel of data can be named a million times this way. */
function overlappingEntries(
  claimed: { readonly entry: ZipEntry; readonly end: number }[],
): ReadonlySet<ZipEntry> {
  const overlapping = new Set<ZipEntry>();
  let reached = 0;
  for (const { entry, end } of claimed.sort((a, b) => a.entry.offset - b.entry.offset)) {
    if (entry.offset < reached) overlapping.add(entry);
    reached = Math.max(reached, end);
  }
  return overlapping;
}

/** One disk read serves many records of the directory: reading each by itself takes ten times as long. */
const READ_AHEAD = 1024 * 1024;

class BufferedReader extends yauzl.RandomAccessReader {
  readonly #descriptor: number;
  #held = Buffer.alloc(0);
  #heldAt = 0;

  constructor(descriptor: number) {
    super();
    this.#descriptor = descriptor;
  }

  override read(
    target: Buffer,
    offset: number,
    length: number,
    position: number,
    done: (error: Error | null) => void,
  ): void {
    try {
      const isHeld = position >= this.#heldAt && position + length <= this.#heldAt + this.#held.length;
      if (!isHeld) {
        const fresh = Buffer.allocUnsafe(Math.max(length, READ_AHEAD));
        this.#held = fresh.subarray(0, readSync(this.#descriptor, fresh, 0, fresh.length, position));
        this.#heldAt = position;
      }
      const from = position - this.#heldAt;
      if (from + length > this.#held.length) {
        done(new Error('the file ends before its directory does'));
        return;
      }
      this.#held.copy(target, offset, from, from + length);
      done(null);
    } catch (thrown) {
      done(thrown instanceof Error ? thrown : new Error(String(thrown)));
    }
  }

  override close(done: (error: Error | null) => void): void {
    done(null);
  }
}
