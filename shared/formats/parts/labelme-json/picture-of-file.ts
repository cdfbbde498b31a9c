import { keyFromFileName } from '../dataset-key';
import type { JsonRecord } from '../json/json-values';
import { folderOf, isPicturePath, joinedPath, nameOf, withoutExtension } from '../picture-index';

export interface PictureOfFile {
  readonly key: string;
  /** True when the file names a place outside the folder, of which only the picture's name was used. */
  readonly isForeign: boolean;
}

/** Finds the picture that a label file means. */
export interface PictureFinder {
  /** Null when the file names no picture by which it could be known. */
  of(path: string, file: JsonRecord): PictureOfFile | null;
}

/**
 * The picture is where "imagePath" says, relative to the label file; else of that name beside the label file, which is
 * where both programs look as well; else beside it with the label file's own name. A name that is nowhere is taken as
 * the label file gives it.
 */
export function pictureFinder(paths: readonly string[]): PictureFinder {
  const pictures = new Set(paths.filter(isPicturePath));
  const byStem = new Map<string, string>();
  for (const picture of pictures) {
    const stem = withoutExtension(picture);
    if (!byStem.has(stem)) byStem.set(stem, picture);
  }
  return {
    of(path, { imagePath }) {
      const folder = folderOf(path);
      const name = typeof imagePath === 'string' ? imagePath.replaceAll('\\', '/') : '';
      const inside = resolved(folder, name);
      const beside = keyFromFileName(joinedPath(folder, nameOf(name)));
      const sameStem = byStem.get(withoutExtension(path));
      if (inside !== null && pictures.has(inside)) return { key: inside, isForeign: false };
      if (name !== '' && beside !== null && pictures.has(beside.key)) {
        return { key: beside.key, isForeign: inside === null };
      }
      if (sameStem !== undefined) return { key: sameStem, isForeign: inside === null };
      if (inside !== null) return { key: inside, isForeign: false };
      const isNamed = name !== '' && beside !== null && !beside.isForeign && nameOf(name) !== '';
      return isNamed ? { key: beside.key, isForeign: true } : null;
    },
  };
}

/** Absolute paths, drives and addresses. */
const LEADS_OUT = /^(?:\/|[a-z]:\/|[a-z][a-z0-9+.-]+:\/\/)/i;

/** `name` as seen from `folder`, or null when it leads out of the dataset or is no path in it. */
function resolved(folder: string, name: string): string | null {
  if (name === '' || LEADS_OUT.test(name)) return null;
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of name.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  const found = keyFromFileName(parts.join('/'));
  return found === null || found.isForeign || parts.join('/') !== found.key ? null : found.key;
}
