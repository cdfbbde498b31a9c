import { closeSync, fstatSync, openSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import type { DatasetFolder } from '../../../shared/formats/format';
import { appError, isAppError } from '../../../shared/result/app-error';
import { err, ok, type Result } from '../../../shared/result/result';
import { RelativeKey } from '../../../shared/schema/ids';
import { decodedChunks, decodedHead, decodedText } from '../decode-text';
import { fileError } from '../file-error';
import { sizeBelow } from '../inside-of';
import type { DatasetFolderOptions } from '../open-dataset-folder';
import { frameOfPictureBytes } from '../picture-size';
import { tooLarge } from '../read-bytes';
import { rememberHeads } from '../remembered-heads';
import { isSmallEntry, readEntryRange, readSmallEntry, streamEntry, type ZipFileState } from './zip-bytes';
import { readZipEntries, type ZipEntry, type ZipListing } from './zip-entries';

/** What `head` gives. */
const HEAD_BYTES = 64 * 1024;

/** In this much of a picture its header is looked for. */
const HEADER_BYTES = 512 * 1024;

/** Ranges of a packed entry up to this size are cut from its bytes, which are kept until another is asked for. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** The whole of a zip may swell to this, or to 250 times its size: see zip-entries.ts. */
const HARMLESS_TOTAL_BYTES = 1024 * 1024 * 1024;
const LARGEST_RATIO = 250;

/** Whether a file is a zip by its name; Groundmark's bundles are zips. */
export function isArchive(file: string): boolean {
  return /\.(?:zip|gmk)$/i.test(file);
}

/**
 * A zip as formats see a folder: random access by its directory, nothing is unpacked to disk. Zip64, stored and deflated
 * entries. What cannot be trusted is told by `unseen`; a zip that is damaged, not one, or a bomb as a whole is refused.
 */
export async function openDatasetZip(
  file: string,
  options: Omit<DatasetFolderOptions, 'onlyFiles'> & { readonly shownPath?: string } = {},
): Promise<Result<DatasetFolder>> {
  const shownPath = options.shownPath ?? file;
  const opened = await openListing(file, shownPath);
  if (!opened.ok) return opened;
  const { zip, listing } = opened.value;
  const imageRoots: string[] = [];
  for (const folder of options.imageRoots ?? []) {
    const real = await realpath(folder).catch(() => null);
    if (real !== null) imageRoots.push(real);
  }
  const entries = new Map(listing.entries.map((entry) => [entry.path, entry]));
  let kept: { readonly path: string; readonly bytes: Uint8Array } | null = null;

  const entryOf = (path: string): Result<ZipEntry> => {
    const entry = entries.get(path);
    return entry === undefined
      ? err(appError('file.not-found', `${path} is not in ${shownPath}.`, { path, zip: shownPath }))
      : ok(entry);
  };
  const readWhole = async (entry: ZipEntry, maxBytes: number): Promise<Result<Buffer>> => {
    if (entry.byteSize > maxBytes) return err(tooLarge(entry.path, entry.byteSize, maxBytes));
    if (isSmallEntry(entry)) return readSmallEntry(zip, entry);
    try {
      // The size is what the directory claims, so memory is taken as the bytes come.
      const parts: Buffer[] = [];
      for await (const chunk of streamEntry(zip, entry)) parts.push(chunk);
      return ok(Buffer.concat(parts));
    } catch (thrown) {
      return err(isAppError(thrown) ? thrown : fileError(thrown, entry.path, 'read'));
    }
  };
  const rangeOf = async (entry: ZipEntry, start: number, end: number): Promise<Result<Uint8Array>> => {
    if (!entry.isDeflated || entry.byteSize > KEPT_BYTES) return readEntryRange(zip, entry, start, end);
    if (kept?.path !== entry.path) {
      const whole = await readWhole(entry, KEPT_BYTES);
      if (!whole.ok) return whole;
      kept = { path: entry.path, bytes: whole.value };
    }
    return ok(kept.bytes.subarray(Math.max(0, start), Math.max(0, end)));
  };
  const headOf = rememberHeads(async (path) => {
    const entry = entries.get(path);
    const bytes = entry === undefined ? null : await readEntryRange(zip, entry, 0, HEAD_BYTES);
    return bytes?.ok === true ? decodedHead(bytes.value) : '';
  });

  return ok({
    list: async () => listing.entries,
    unseen: async () => listing.unseen,
    head: headOf,

    async readText(path, maxBytes) {
      const entry = entryOf(path);
      const bytes = entry.ok ? await readWhole(entry.value, maxBytes) : entry;
      return bytes.ok ? ok(decodedText(bytes.value)) : bytes;
    },

    async *streamText(path) {
      const entry = entryOf(path);
      if (!entry.ok) throw entry.error;
      yield* decodedChunks(streamEntry(zip, entry.value));
    },

    async readBytes(path, maxBytes) {
      const entry = entryOf(path);
      return entry.ok ? readWhole(entry.value, maxBytes) : entry;
    },

    async *streamBytes(path) {
      const entry = entryOf(path);
      if (!entry.ok) throw entry.error;
      yield* streamEntry(zip, entry.value);
    },

    async readRange(path, start, end) {
      const entry = entryOf(path);
      return entry.ok ? rangeOf(entry.value, start, end) : entry;
    },

    async imageSize(path) {
      const known = options.knownSize?.(path) ?? null;
      if (known !== null) return known;
      const entry = entries.get(path);
      if (entry !== undefined) {
        const header = await readEntryRange(zip, entry, 0, HEADER_BYTES);
        const own = header.ok ? (frameOfPictureBytes(header.value)?.size ?? null) : null;
        if (own !== null) return own;
      }
      const size = await sizeBelow(imageRoots, path);
      if (size !== null || !RelativeKey.safeParse(path).success) return size;
      return (await options.sizeElsewhere?.(path)) ?? null;
    },
  });
}

async function openListing(
  file: string,
  shownPath: string,
): Promise<Result<{ readonly zip: ZipFileState; readonly listing: ZipListing }>> {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (thrown) {
    return err(fileError(thrown, shownPath, 'read'));
  }
  try {
    const { size, mtimeMs } = fstatSync(descriptor);
    const listing = await readZipEntries(descriptor, size);
    const total = listing.entries.reduce((sum, entry) => sum + entry.byteSize, 0);
    if (total > HARMLESS_TOTAL_BYTES && total > size * LARGEST_RATIO) {
      return err(
        appError(
          'file.too-large',
          `${shownPath} has ${size} bytes and claims to hold ${total}, as damaging archives do. It was not opened.`,
          { path: shownPath, byteSize: total },
        ),
      );
    }
    return ok({ zip: { file, shownPath, size, modifiedAtMs: mtimeMs }, listing });
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return err(
      appError(
        'format.malformed',
        `${shownPath} cannot be read as a zip: ${reason}. Copy or download it again, or unpack it and open the folder.`,
        { path: shownPath, reason },
      ),
    );
  } finally {
    closeSync(descriptor);
  }
}
