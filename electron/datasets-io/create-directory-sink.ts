import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DatasetSink } from '../../shared/formats/format';
import { type AppError, appError, isAppError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { RelativeKey } from '../../shared/schema/ids';
import { fileError } from './file-error';
import { createSmallFile, type SmallFile } from './small-file';

export interface DirectorySink extends DatasetSink {
  /** Puts a picture beside the labels: a copy (shared blocks where the file system can), or a hard link. */
  addFile(relative: string, from: string, how: 'copy' | 'link'): Promise<Result<null>>;
  /** Moves everything into place in one rename. Nothing was visible at the target before. */
  commit(): Promise<Result<null>>;
  /** Forgets what was written. Safe to call after `commit` and more than once. */
  discard(): Promise<void>;
}

/**
 * A folder that appears whole or not at all: files gather in a hidden folder beside the target. A target that
 * holds something is refused unless `isForced`, and then replaced only by `commit`.
 *
 * Files are not synced one by one: 100,000 label files would take minutes. An export that a power cut truncates is
 * written again from its version, which is synced.
 */
export async function createDirectorySink(
  target: string,
  { isForced = false }: { readonly isForced?: boolean } = {},
): Promise<Result<DirectorySink>> {
  const resolved = path.resolve(target);
  const existing = await readdir(resolved).catch((thrown: NodeJS.ErrnoException) => thrown.code ?? 'unknown');
  if (typeof existing === 'string' && existing !== 'ENOENT') {
    return err(
      existing === 'ENOTDIR'
        ? appError('file.not-writable', `${target} is a file. Name a folder to write to.`, { path: target })
        : fileError({ code: existing }, target, 'write'),
    );
  }
  if (Array.isArray(existing) && existing.length > 0 && !isForced) {
    return err(
      appError(
        'file.not-writable',
        `${target} is not empty. Name a new or empty folder, or replace it with --force.`,
        { path: target },
      ),
    );
  }
  const staging = path.join(path.dirname(resolved), `.${path.basename(resolved)}.${randomUUID()}.partial`);
  try {
    await mkdir(staging, { recursive: true });
  } catch (thrown) {
    return err(fileError(thrown, target, 'write'));
  }
  const madeFolders = new Set<string>();
  // A writer that fails midway leaves its files open; they are closed before the folder goes.
  const openFiles = new Set<SmallFile>();

  const placeFor = async (relative: string): Promise<string> => {
    if (!RelativeKey.safeParse(relative).success) {
      throw appError(
        'file.outside-grant',
        `"${relative.slice(0, 200)}" is not a path inside the folder.`,
        {},
      );
    }
    const place = path.join(staging, relative);
    const folder = path.dirname(place);
    if (!madeFolders.has(folder)) {
      await mkdir(folder, { recursive: true });
      madeFolders.add(folder);
    }
    return place;
  };

  return ok({
    async open(relative) {
      const shown = path.join(target, relative);
      try {
        const file = createSmallFile(await placeFor(relative));
        openFiles.add(file);
        return {
          async write(content) {
            try {
              await file.write(content);
            } catch (thrown) {
              throw fileError(thrown, shown, 'write');
            }
          },
          async close() {
            try {
              await file.close();
            } catch (thrown) {
              throw fileError(thrown, shown, 'write');
            } finally {
              openFiles.delete(file);
            }
          },
        };
      } catch (thrown) {
        throw asFileError(thrown, shown);
      }
    },

    async addFile(relative, from, how) {
      try {
        const place = await placeFor(relative);
        if (how === 'link') {
          try {
            await link(from, place);
            return ok(null);
          } catch {
            // Another disk, or a file system without links: a copy serves as well.
          }
        }
        await copyFile(from, place, constants.COPYFILE_FICLONE);
        return ok(null);
      } catch (thrown) {
        return err(asFileError(thrown, path.join(target, relative)));
      }
    },

    async commit() {
      const aside = `${staging}.old`;
      try {
        // A rename cannot replace a folder that holds something; the old one steps aside and comes back on failure.
        if (Array.isArray(existing)) await rename(resolved, aside);
        try {
          await rename(staging, resolved);
        } catch (thrown) {
          if (Array.isArray(existing)) await rename(aside, resolved);
          throw thrown;
        }
        await rm(aside, { recursive: true, force: true });
        return ok(null);
      } catch (thrown) {
        return err(fileError(thrown, target, 'write'));
      }
    },

    async discard() {
      for (const file of openFiles) await file.abandon();
      openFiles.clear();
      await rm(staging, { recursive: true, force: true });
    },
  });
}

function asFileError(thrown: unknown, shown: string): AppError {
  return isAppError(thrown) ? thrown : fileError(thrown, shown, 'write');
}
