import { createHash, randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, link, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type AppError, appError, isAppError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { RelativeKey } from '../../shared/schema/ids';
import { fileError } from './file-error';
import { createNameNotes } from './name-notes';
import { openDatasetFolder } from './open-dataset-folder';
import type { OutputSink, OutputTarget } from './output-sink';
import { moveIntoPlace, placeOf, refuseTaken } from './place-output';
import { createSmallFile, type SmallFile } from './small-file';

export interface DirectorySink extends OutputSink {
  /** Takes over a picture that a try that was killed left behind, when it has these bytes. Only of resumable sinks. */
  recover(relative: string, wanted: { readonly byteSize: number; readonly sha256: string }): Promise<boolean>;
}

// Two outputs to one place would write into each other.
const inUse = new Set<string>();

/**
 * A folder that appears whole or not at all: files gather in a hidden folder beside the target.
 *
 * Files are not synced one by one: 100,000 label files would take minutes. An export that a power cut truncates is
 * written again from its version, which is synced.
 *
 * @param isResumable the hidden folder has a name that the next try finds again, so that it may `recover` what it holds.
 */
export async function createDirectorySink(
  target: OutputTarget,
  { isResumable = false }: { readonly isResumable?: boolean } = {},
): Promise<Result<DirectorySink>> {
  const refusal = await refuseTaken(target, 'folder');
  if (!refusal.ok) return refusal;
  const { place, shownPath } = placeOf(target);
  const mark = isResumable ? '' : `.${randomUUID()}`;
  const staging = path.join(path.dirname(place), `.${path.basename(place)}${mark}.partial`);
  const leftBehind = `${staging}.left`;
  if (inUse.has(staging)) {
    return err(
      appError('lake.busy', 'This version is being exported to this folder already. Wait until it is done.'),
    );
  }
  inUse.add(staging);
  try {
    if (isResumable) await setAside(staging, leftBehind);
    await mkdir(staging, { recursive: true });
  } catch (thrown) {
    inUse.delete(staging);
    return err(fileError(thrown, shownPath, 'write'));
  }
  const madeFolders = new Set<string>();
  // A writer that fails midway leaves its files open; they are closed before the folder goes.
  const openFiles = new Set<SmallFile>();
  const names = createNameNotes();
  const written = { files: 0, bytes: 0 };
  let isOver = false;

  const placeFor = async (relative: string): Promise<string> => {
    if (!RelativeKey.safeParse(relative).success) {
      throw appError('file.outside-grant', `"${relative.slice(0, 200)}" is not a path inside the folder.`);
    }
    const file = path.join(staging, relative);
    const folder = path.dirname(file);
    if (!madeFolders.has(folder)) {
      await mkdir(folder, { recursive: true });
      madeFolders.add(folder);
    }
    return file;
  };
  const wasWritten = (relative: string, bytes: number) => {
    names.add(relative);
    written.files += 1;
    written.bytes += bytes;
  };

  return ok({
    written,
    has: names.has,
    nameNotes: names.notes,

    async open(relative) {
      const shown = path.join(shownPath, relative);
      try {
        const file = await placeFor(relative);
        const handle = createSmallFile(file);
        openFiles.add(handle);
        let bytes = 0;
        return {
          async write(content) {
            try {
              await handle.write(content);
            } catch (thrown) {
              throw fileError(thrown, shown, 'write');
            }
            bytes += typeof content === 'string' ? Buffer.byteLength(content) : content.length;
          },
          async close() {
            try {
              await handle.close();
              wasWritten(relative, bytes);
            } catch (thrown) {
              throw fileError(thrown, shown, 'write');
            } finally {
              openFiles.delete(handle);
            }
          },
          async abandon() {
            openFiles.delete(handle);
            await handle.abandon();
            await rm(file, { force: true });
          },
        };
      } catch (thrown) {
        throw asFileError(thrown, shown);
      }
    },

    async addFile(relative, from, how) {
      try {
        const file = await placeFor(relative);
        const isLinked =
          how === 'link' &&
          // Another disk, or a file system without links: a copy serves as well.
          (await link(from, file).then(
            () => true,
            () => false,
          ));
        if (!isLinked) {
          await copyFile(from, file, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
        }
        wasWritten(relative, (await stat(file)).size);
        return ok(null);
      } catch (thrown) {
        return err(asFileError(thrown, path.join(shownPath, relative)));
      }
    },

    async recover(relative, { byteSize, sha256 }) {
      if (!isResumable || !RelativeKey.safeParse(relative).success) return false;
      const left = path.join(leftBehind, relative);
      const facts = await stat(left).catch(() => null);
      if (facts?.isFile() !== true || facts.size !== byteSize) return false;
      try {
        const hash = createHash('sha256');
        await pipeline(createReadStream(left), hash);
        if (hash.digest('hex') !== sha256) return false;
        await rename(left, await placeFor(relative));
      } catch {
        // Then it is copied anew.
        return false;
      }
      wasWritten(relative, byteSize);
      return true;
    },

    read: (options) => openDatasetFolder(staging, options),

    async commit() {
      try {
        const final = await moveIntoPlace(staging, target);
        await rm(leftBehind, { recursive: true, force: true });
        isOver = true;
        inUse.delete(staging);
        return ok(final);
      } catch (thrown) {
        return err(fileError(thrown, shownPath, 'write'));
      }
    },

    async discard() {
      // From then on the hidden folder may be that of another output.
      if (isOver) return;
      isOver = true;
      try {
        for (const file of openFiles) await file.abandon();
        openFiles.clear();
        await rm(staging, { recursive: true, force: true });
        await rm(leftBehind, { recursive: true, force: true });
      } finally {
        inUse.delete(staging);
      }
    },
  });
}

/** What a killed try left goes where it can be recovered from, together with what the one before it left. */
async function setAside(staging: string, leftBehind: string): Promise<void> {
  const isThere = (place: string) =>
    stat(place).then(
      () => true,
      () => false,
    );
  if (!(await isThere(staging))) return;
  if (!(await isThere(leftBehind))) {
    await rename(staging, leftBehind);
    return;
  }
  for (const entry of await readdir(staging, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const from = path.join(entry.parentPath, entry.name);
    const to = path.join(leftBehind, path.relative(staging, from));
    await mkdir(path.dirname(to), { recursive: true });
    await rename(from, to);
  }
  await rm(staging, { recursive: true, force: true });
}

function asFileError(thrown: unknown, shown: string): AppError {
  return isAppError(thrown) ? thrown : fileError(thrown, shown, 'write');
}
