import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Size } from '../../shared/geometry/rect';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { RelativeKey } from '../../shared/schema/ids';
import { fileError } from './file-error';
import { pictureSize } from './picture-size';

/** The real path of a file below a real root, or the refusal: malformed, not there, or leading out through a link. */
export async function insideOf(realRoot: string, relative: string): Promise<Result<string>> {
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

/** The displayed size of the first picture of this name below the folders (real roots), null when there is none. */
export async function sizeBelow(realRoots: readonly string[], relative: string): Promise<Size | null> {
  for (const folder of realRoots) {
    const file = await insideOf(folder, relative);
    const size = file.ok ? await pictureSize(file.value) : null;
    if (size !== null) return size;
  }
  return null;
}
