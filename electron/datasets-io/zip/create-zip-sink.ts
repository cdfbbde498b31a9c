import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type AppError, appError, isAppError } from '../../../shared/result/app-error';
import { err, ok, type Result } from '../../../shared/result/result';
import { RelativeKey } from '../../../shared/schema/ids';
import { fileError } from '../file-error';
import { createNameNotes } from '../name-notes';
import type { OutputFile, OutputSink, OutputTarget } from '../output-sink';
import { moveIntoPlace, placeOf, refuseTaken } from '../place-output';
import { openDatasetZip } from './open-dataset-zip';
import { createZipWriter } from './zip-writer';

/** Larger files wait on the disk until they are closed: writers have several open at once. */
const MAX_HELD_BYTES = 256 * 1024;

/**
 * A zip file that appears whole or not at all: it is written under a hidden name beside the target. Entries stand in
 * the order in which their files were closed, so the same writes give the same bytes (with one release of zlib).
 */
export async function createZipSink(target: OutputTarget): Promise<Result<OutputSink>> {
  const refusal = await refuseTaken(target, 'file');
  if (!refusal.ok) return refusal;
  const { place, shownPath } = placeOf(target);
  const partial = path.join(path.dirname(place), `.${path.basename(place)}.${randomUUID()}.partial`);
  const spool = `${partial}.files`;
  let handle: FileHandle;
  try {
    await mkdir(path.dirname(place), { recursive: true });
    handle = await open(partial, 'wx');
  } catch (thrown) {
    return err(fileError(thrown, shownPath, 'write'));
  }
  const zip = createZipWriter(handle);
  const names = createNameNotes();
  const written = { files: 0, bytes: 0 };
  const openNames = new Set<string>();
  const openSpools = new Set<FileHandle>();
  let spooled = 0;
  let isEnded = false;
  let isClosed = false;
  // One entry after the other, whoever closes its file first.
  let last: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const claim = (relative: string) => {
    if (!RelativeKey.safeParse(relative).success) {
      throw appError('file.outside-grant', `"${relative.slice(0, 200)}" is not a path inside the zip.`);
    }
    if (isEnded || openNames.has(relative) || names.has(relative)) {
      throw appError('file.not-writable', `${relative} was written to ${shownPath} already.`);
    }
    openNames.add(relative);
  };
  const wasWritten = (relative: string, bytes: number) => {
    openNames.delete(relative);
    names.add(relative);
    written.files += 1;
    written.bytes += bytes;
  };
  const close = async () => {
    if (isClosed) return;
    isClosed = true;
    await handle.close();
  };
  const shown = (relative: string) => `${relative} in ${shownPath}`;

  const openFile = (relative: string): OutputFile => {
    let parts: Buffer[] = [];
    let heldBytes = 0;
    let bytes = 0;
    let waiting: { readonly file: string; readonly handle: FileHandle } | null = null;
    const toDisk = async () => {
      if (waiting === null) {
        await mkdir(spool, { recursive: true });
        spooled += 1;
        const file = path.join(spool, String(spooled));
        waiting = { file, handle: await open(file, 'wx') };
        openSpools.add(waiting.handle);
      }
      await waiting.handle.writeFile(Buffer.concat(parts));
      parts = [];
      heldBytes = 0;
    };
    const forget = async () => {
      openNames.delete(relative);
      parts = [];
      if (waiting === null) return;
      openSpools.delete(waiting.handle);
      await waiting.handle.close();
      await rm(waiting.file, { force: true });
      waiting = null;
    };
    return {
      async write(content) {
        // A caller may use its buffer again.
        const chunk = Buffer.from(content as Uint8Array);
        parts.push(chunk);
        heldBytes += chunk.length;
        bytes += chunk.length;
        try {
          if (heldBytes > MAX_HELD_BYTES) await toDisk();
        } catch (thrown) {
          throw fileError(thrown, shown(relative), 'write');
        }
      },
      async close() {
        try {
          const file = waiting === null ? null : waiting.file;
          if (file === null) await inTurn(() => zip.addBytes(relative, Buffer.concat(parts)));
          else {
            await toDisk();
            await inTurn(() => zip.addFile(relative, file, bytes));
          }
          wasWritten(relative, bytes);
        } catch (thrown) {
          throw asFileError(thrown, shown(relative));
        } finally {
          await forget();
        }
      },
      abandon: forget,
    };
  };

  return ok({
    written,
    has: names.has,
    nameNotes: names.notes,

    async open(relative) {
      claim(relative);
      return openFile(relative);
    },

    async addFile(relative, from) {
      try {
        claim(relative);
        const { size } = await stat(from);
        await inTurn(() => zip.addFile(relative, from, size));
        wasWritten(relative, size);
        return ok(null);
      } catch (thrown) {
        openNames.delete(relative);
        return err(asFileError(thrown, shown(relative)));
      }
    },

    async read(options) {
      try {
        await inTurn(async () => {
          if (!isEnded) await zip.end();
          isEnded = true;
        });
      } catch (thrown) {
        return err(asFileError(thrown, shownPath));
      }
      return openDatasetZip(partial, { ...options, shownPath });
    },

    async commit() {
      try {
        await inTurn(async () => {
          if (!isEnded) await zip.end();
          isEnded = true;
        });
        await close();
        const final = await moveIntoPlace(partial, target);
        await rm(spool, { recursive: true, force: true });
        return ok(final);
      } catch (thrown) {
        return err(asFileError(thrown, shownPath));
      }
    },

    async discard() {
      isEnded = true;
      await last;
      for (const waiting of openSpools) await waiting.close();
      openSpools.clear();
      await close();
      await rm(partial, { force: true });
      await rm(spool, { recursive: true, force: true });
    },
  });
}

function asFileError(thrown: unknown, shown: string): AppError {
  return isAppError(thrown) ? thrown : fileError(thrown, shown, 'write');
}
