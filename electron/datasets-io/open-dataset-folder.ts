import { createReadStream, statSync } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { DatasetFolder, UnseenPath } from '../../shared/formats/format';
import type { Size } from '../../shared/geometry/rect';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { RelativeKey } from '../../shared/schema/ids';
import { decodedChunks, decodedHead } from './decode-text';
import { fileError } from './file-error';
import { insideOf, sizeBelow } from './inside-of';
import { readPlainText } from './plain-text';
import { readRange, readWholeFile } from './read-bytes';
import { rememberHeads } from './remembered-heads';

/** Ten times the largest dataset the app is measured with; a walk beyond it is a mistaken folder such as `/`. */
const MAX_FILES = 2_000_000;
const MAX_DEPTH = 64;

/** What `head` gives. */
const HEAD_BYTES = 64 * 1024;

/** The chunk that `streamText` promises, in bytes. */
const CHUNK_BYTES = 1 << 20;

export interface DatasetFolderOptions {
  /** Only these files are seen, e.g. the one JSON file that a person named. Pictures are found as usual. */
  readonly onlyFiles?: readonly string[];
  /** Other folders in which pictures are looked for by the same relative path, after the folder itself; read for their size alone. */
  readonly imageRoots?: readonly string[];
  /** Asked first: sizes that are already known, e.g. of a version's images when its export is read back. */
  readonly knownSize?: (picturePath: string) => Size | null;
  /** Asked last, for pictures that lie somewhere else under another path. */
  readonly sizeElsewhere?: (picturePath: string) => Promise<Size | null>;
}

/**
 * A folder on disk as formats see it: names and texts below it and nothing else. Symbolic links are followed only to
 * files inside; folders that are links are not entered, so that no loop and no way out exists.
 */
export async function openDatasetFolder(
  root: string,
  options: DatasetFolderOptions = {},
): Promise<Result<DatasetFolder>> {
  let realRoot: string;
  try {
    realRoot = await realpath(root);
    if (!(await stat(realRoot)).isDirectory()) {
      return err(appError('file.not-found', `${root} is not a folder.`, { path: root }));
    }
    await readdir(realRoot);
  } catch (thrown) {
    return err(fileError(thrown, root, 'read'));
  }
  const imageRoots = [realRoot];
  for (const folder of options.imageRoots ?? []) {
    const real = await realpath(folder).catch(() => null);
    if (real !== null && !imageRoots.includes(real)) imageRoots.push(real);
  }
  let listed: Promise<FolderListing> | null = null;
  let plainFiles: ReadonlySet<string> = new Set();
  const headOf = rememberHeads(async (relative) => {
    const file = await insideOf(realRoot, relative);
    const bytes = file.ok ? await readRange(file.value, 0, HEAD_BYTES, relative) : file;
    return bytes.ok ? decodedHead(bytes.value) : '';
  });

  return ok({
    list() {
      listed ??= listFiles(realRoot, options.onlyFiles ?? null);
      return listed.then((listing) => {
        plainFiles = listing.plainFiles;
        return listing.files;
      });
    },

    async unseen() {
      listed ??= listFiles(realRoot, options.onlyFiles ?? null);
      return (await listed).unseen;
    },

    async readText(relative, maxBytes) {
      // What the walk saw as a plain file in plain folders lies inside; should it have become a link, opening refuses it.
      if (plainFiles.has(relative)) return readPlainText(realRoot, relative, maxBytes);
      const file = await insideOf(realRoot, relative);
      return file.ok
        ? readPlainText(path.dirname(file.value), path.basename(file.value), maxBytes, relative)
        : file;
    },

    async *streamText(relative) {
      const file = await insideOf(realRoot, relative);
      if (!file.ok) throw file.error;
      try {
        yield* decodedChunks(createReadStream(file.value, { highWaterMark: CHUNK_BYTES }));
      } catch (thrown) {
        throw fileError(thrown, relative, 'read');
      }
    },

    head: headOf,

    async readBytes(relative, maxBytes) {
      const file = await insideOf(realRoot, relative);
      return file.ok ? readWholeFile(file.value, maxBytes, relative) : file;
    },

    async *streamBytes(relative) {
      const file = await insideOf(realRoot, relative);
      if (!file.ok) throw file.error;
      try {
        yield* createReadStream(file.value, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>;
      } catch (thrown) {
        throw fileError(thrown, relative, 'read');
      }
    },

    async readRange(relative, start, end) {
      const file = await insideOf(realRoot, relative);
      return file.ok ? readRange(file.value, start, end, relative) : file;
    },

    async imageSize(relative) {
      const known = options.knownSize?.(relative) ?? null;
      if (known !== null) return known;
      const size = await sizeBelow(imageRoots, relative);
      if (size !== null) return size;
      return RelativeKey.safeParse(relative).success
        ? ((await options.sizeElsewhere?.(relative)) ?? null)
        : null;
    },
  });
}

interface FolderListing {
  readonly files: readonly { readonly path: string; readonly byteSize: number }[];
  /** Files that are neither links nor reached through one. */
  readonly plainFiles: ReadonlySet<string>;
  readonly unseen: readonly UnseenPath[];
}

async function listFiles(realRoot: string, only: readonly string[] | null): Promise<FolderListing> {
  const files: { readonly path: string; readonly byteSize: number }[] = [];
  const plainFiles = new Set<string>();
  const unseen: UnseenPath[] = [];
  const addLink = async (relative: string) => {
    const file = await insideOf(realRoot, relative);
    if (!file.ok) {
      if (file.error.code === 'file.outside-grant') unseen.push({ path: relative, reason: 'leads-out' });
      return;
    }
    const facts = await stat(file.value).catch(() => null);
    if (facts?.isFile() === true) files.push({ path: relative, byteSize: facts.size });
  };
  const addFile = (relative: string) => {
    files.push(listedFile(realRoot, relative));
    plainFiles.add(relative);
  };
  if (only !== null) {
    for (const relative of only) await addLink(relative);
  } else {
    const waiting: { relative: string; depth: number }[] = [{ relative: '', depth: 0 }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { relative, depth } = next;
      if (files.length >= MAX_FILES || depth > MAX_DEPTH) {
        unseen.push({ path: relative, reason: depth > MAX_DEPTH ? 'too-deep' : 'too-many' });
        continue;
      }
      const entries = await readdir(path.join(realRoot, relative), { withFileTypes: true }).catch(() => {
        unseen.push({ path: relative, reason: 'unreadable' });
        return [];
      });
      const pending: Promise<void>[] = [];
      for (const entry of entries) {
        const child = relative === '' ? entry.name : `${relative}/${entry.name}`;
        if (!isKey(entry.name, child)) unseen.push({ path: child, reason: 'bad-name' });
        else if (entry.isDirectory()) waiting.push({ relative: child, depth: depth + 1 });
        else if (entry.isFile()) addFile(child);
        else if (entry.isSymbolicLink()) pending.push(addLink(child));
      }
      await Promise.all(pending);
    }
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, plainFiles, unseen };
}

/** A name that needs no closer look, and the length that a key may have. */
const PLAIN_NAME = /^[\w @+-][\w .@+-]*$/;
const LONGEST_PLAIN_KEY = 4096;

function isKey(name: string, key: string): boolean {
  return (PLAIN_NAME.test(name) && key.length <= LONGEST_PLAIN_KEY) || RelativeKey.safeParse(key).success;
}

/** The size is looked up when it is asked for: a dataset has 100,000 files, and formats ask it of a few. */
function listedFile(
  realRoot: string,
  relative: string,
): { readonly path: string; readonly byteSize: number } {
  return {
    path: relative,
    get byteSize() {
      return statSync(`${realRoot}${path.sep}${relative}`, { throwIfNoEntry: false })?.size ?? 0;
    },
  };
}
