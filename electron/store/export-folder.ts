import { mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { DatasetSink } from '../../shared/formats/format';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { RelativeKey } from '../../shared/schema/ids';
import { createSmallFile, type SmallFile } from '../datasets-io/small-file';
import { isMissingFile, storageError } from './storage-error';

/** Where an export ends up: a new folder inside the one a person chose, or exactly the folder that a command names. */
export type ExportTarget =
  | { readonly kind: 'inside'; readonly folder: string; readonly name: string }
  | { readonly kind: 'exactly'; readonly folder: string; readonly isForced: boolean };

/**
 * The folder of an export while it is written: hidden beside the target under a name that the next try finds again, and
 * shown in one rename. Labels are written anew each time; copies of images that a killed try left are kept.
 */
export interface ExportFolder {
  readonly partial: string;
  readonly images: string;
  readonly sink: DatasetSink;
  readonly written: { files: number; bytes: number };
  /** Moves it into place and says where that is. */
  commit(): Promise<Result<string>>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

const IMAGES = 'images';
/** Numbers tried for a free name, e.g. `crossing-1a2b-coco-2`. */
const MOST_NAMES = 1000;

// Two exports of one version to one place would write into each other.
const inUse = new Set<string>();

export async function openExportFolder(target: ExportTarget): Promise<Result<ExportFolder>> {
  const place =
    target.kind === 'inside' ? path.join(target.folder, target.name) : path.resolve(target.folder);
  const partial = path.join(path.dirname(place), `.${path.basename(place)}.partial`);
  if (target.kind === 'exactly' && !target.isForced && !(await isFree(place))) {
    return err(
      appError(
        'file.not-writable',
        `${target.folder} is not empty. Name a new or empty folder, or use --force.`,
      ),
    );
  }
  if (inUse.has(partial)) {
    return err(
      appError('lake.busy', 'This version is being exported to this folder already. Wait until it is done.'),
    );
  }
  inUse.add(partial);
  try {
    await mkdir(partial, { recursive: true });
    for (const name of await readdir(partial)) {
      if (name !== IMAGES) await rm(path.join(partial, name), { recursive: true, force: true });
    }
  } catch (thrown) {
    inUse.delete(partial);
    return err(storageError(thrown, 'preparing the export', 'file.not-writable'));
  }
  const written = { files: 0, bytes: 0 };
  // A writer that fails or is cancelled midway leaves its files open; they are closed before the folder goes.
  const openFiles = new Set<SmallFile>();

  return ok({
    partial,
    images: path.join(partial, IMAGES),
    sink: createSink(partial, written, openFiles),
    written,

    async commit() {
      try {
        const final = await moveIntoPlace(partial, place, target);
        inUse.delete(partial);
        return ok(final);
      } catch (thrown) {
        return err(storageError(thrown, 'putting the export in its place', 'file.not-writable'));
      }
    },

    async discard() {
      try {
        for (const file of openFiles) await file.abandon();
        await rm(partial, { recursive: true, force: true });
      } finally {
        inUse.delete(partial);
      }
    },
  });
}

function createSink(
  partial: string,
  written: { files: number; bytes: number },
  openFiles: Set<SmallFile>,
): DatasetSink {
  const made = new Set<string>();
  return {
    async open(relative) {
      if (!RelativeKey.safeParse(relative).success) {
        throw appError('file.outside-grant', `"${relative.slice(0, 200)}" is not a path inside the export.`);
      }
      const file = path.join(partial, relative);
      const folder = path.dirname(file);
      try {
        if (!made.has(folder)) await mkdir(folder, { recursive: true });
        made.add(folder);
        const handle = createSmallFile(file);
        openFiles.add(handle);
        written.files += 1;
        return {
          async write(content) {
            try {
              await handle.write(content);
            } catch (thrown) {
              throw storageError(thrown, `writing ${relative}`, 'format.write-failed');
            }
            written.bytes += typeof content === 'string' ? Buffer.byteLength(content) : content.length;
          },
          async close() {
            try {
              await handle.close();
            } catch (thrown) {
              throw storageError(thrown, `writing ${relative}`, 'format.write-failed');
            } finally {
              openFiles.delete(handle);
            }
          },
        };
      } catch (thrown) {
        throw storageError(thrown, `writing ${relative}`, 'format.write-failed');
      }
    },
  };
}

async function isFree(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0;
  } catch (thrown) {
    return isMissingFile(thrown) && !(await isThere(folder));
  }
}

async function isThere(place: string): Promise<boolean> {
  return stat(place).then(
    () => true,
    () => false,
  );
}

async function moveIntoPlace(partial: string, place: string, target: ExportTarget): Promise<string> {
  if (target.kind === 'inside') {
    // What a person has there stays; the new one gets a number.
    let free = place;
    for (let number = 2; (await isThere(free)) && number < MOST_NAMES; number += 1)
      free = `${place}-${number}`;
    await rename(partial, free);
    return free;
  }
  if (!(await isThere(place))) {
    await rename(partial, place);
    return place;
  }
  if (await isFree(place)) {
    await rmdir(place);
    await rename(partial, place);
    return place;
  }
  // The old one steps aside and comes back when the rename fails.
  const aside = `${partial}.old`;
  await rm(aside, { recursive: true, force: true });
  await rename(place, aside);
  try {
    await rename(partial, place);
  } catch (thrown) {
    await rename(aside, place);
    throw thrown;
  }
  await rm(aside, { recursive: true, force: true });
  return place;
}
