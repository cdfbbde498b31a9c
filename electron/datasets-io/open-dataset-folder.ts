import { createReadStream } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { DatasetFolder } from '../../shared/formats/format';
import type { Size } from '../../shared/geometry/rect';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { RelativeKey } from '../../shared/schema/ids';
import { fileError } from './file-error';
import { pictureSize } from './picture-size';

/** Ten times the largest dataset the app is measured with; a walk beyond it is a mistaken folder such as `/`. */
const MAX_FILES = 2_000_000;
const MAX_DEPTH = 64;

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
  let listed: ReturnType<DatasetFolder['list']> | null = null;

  return ok({
    list() {
      listed ??= listFiles(realRoot, options.onlyFiles ?? null);
      return listed;
    },

    async readText(relative, maxBytes) {
      const file = await insideOf(realRoot, relative);
      if (!file.ok) return file;
      try {
        const { size } = await stat(file.value);
        if (size > maxBytes) {
          return err(
            appError(
              'file.too-large',
              `${relative} has ${size} bytes; at most ${maxBytes} are read of such a file.`,
              { path: relative, byteSize: size },
            ),
          );
        }
        return ok(await readFile(file.value, 'utf8'));
      } catch (thrown) {
        return err(fileError(thrown, relative, 'read'));
      }
    },

    async *streamText(relative) {
      const file = await insideOf(realRoot, relative);
      if (!file.ok) throw file.error;
      try {
        yield* createReadStream(file.value, {
          encoding: 'utf8',
          highWaterMark: CHUNK_BYTES,
        }) as AsyncIterable<string>;
      } catch (thrown) {
        throw fileError(thrown, relative, 'read');
      }
    },

    async imageSize(relative) {
      const known = options.knownSize?.(relative) ?? null;
      if (known !== null) return known;
      for (const folder of imageRoots) {
        const file = await insideOf(folder, relative);
        const size = file.ok ? await pictureSize(file.value) : null;
        if (size !== null) return size;
      }
      return RelativeKey.safeParse(relative).success
        ? ((await options.sizeElsewhere?.(relative)) ?? null)
        : null;
    },
  });
}

/** The real path of a file below a real root, or the refusal: malformed, not there, or leading out through a link. */
async function insideOf(realRoot: string, relative: string): Promise<Result<string>> {
  if (!RelativeKey.safeParse(relative).success) {
    return err(
      appError('file.outside-grant', `"${relative.slice(0, 200)}" is not a path inside the folder.`, {}),
    );
  }
  let target: string;
  try {
    target = await realpath(path.join(realRoot, relative));
  } catch (thrown) {
    return err(fileError(thrown, relative, 'read'));
  }
  const fromRoot = path.relative(realRoot, target);
  const isInside = fromRoot !== '..' && !fromRoot.startsWith(`..${path.sep}`) && !path.isAbsolute(fromRoot);
  return isInside
    ? ok(target)
    : err(
        appError(
          'file.outside-grant',
          `${relative} is a link that leads out of the folder; it was not opened.`,
          {
            path: relative,
          },
        ),
      );
}

async function listFiles(
  realRoot: string,
  only: readonly string[] | null,
): Promise<readonly { readonly path: string; readonly byteSize: number }[]> {
  const files: { path: string; byteSize: number }[] = [];
  const addFile = async (relative: string) => {
    const file = await insideOf(realRoot, relative);
    if (!file.ok) return;
    const facts = await stat(file.value).catch(() => null);
    if (facts?.isFile() === true) files.push({ path: relative, byteSize: facts.size });
  };
  if (only !== null) {
    for (const relative of only) await addFile(relative);
  } else {
    const waiting: { relative: string; depth: number }[] = [{ relative: '', depth: 0 }];
    for (let next = waiting.pop(); next !== undefined && files.length < MAX_FILES; next = waiting.pop()) {
      const { relative, depth } = next;
      // A folder that cannot be entered hides its files from every reader alike; formats then say what is missing.
      const entries = await readdir(path.join(realRoot, relative), { withFileTypes: true }).catch(() => []);
      const pending: Promise<void>[] = [];
      for (const entry of entries) {
        const child = relative === '' ? entry.name : `${relative}/${entry.name}`;
        // A name with a backslash or a control character could not be a key.
        if (!RelativeKey.safeParse(child).success) continue;
        if (entry.isDirectory() && depth < MAX_DEPTH) waiting.push({ relative: child, depth: depth + 1 });
        else if (entry.isFile() || entry.isSymbolicLink()) pending.push(addFile(child));
      }
      await Promise.all(pending);
    }
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
