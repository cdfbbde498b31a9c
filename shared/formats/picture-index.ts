const PICTURE_EXTENSIONS = ['jpg', 'jpeg', 'png', 'bmp', 'webp', 'tif', 'tiff', 'gif', 'avif'] as const;

/** Tried in this order where a picture's extension is not known and the folder cannot be listed. */
export const PROBED_EXTENSIONS: readonly string[] = PICTURE_EXTENSIONS;

const IS_PICTURE = new RegExp(`\\.(?:${PICTURE_EXTENSIONS.join('|')})$`, 'i');

/** Folder names that say what kind of file is in them and nothing about which picture it is. */
const KIND_FOLDERS = new Set(['images', 'labels', 'annotations', 'jpegimages', 'img', 'imgs']);

export function isPicturePath(path: string): boolean {
  return IS_PICTURE.test(path);
}

/** `a/b/c.txt` -> `a/b/c`. */
export function withoutExtension(path: string): string {
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf('/') ? path.slice(0, dot) : path;
}

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `''` joins to nothing: `joined('', 'a')` is `a`. */
export function joinedPath(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}

/** Finds the picture that a label file or a file name means, though the two trees are laid out differently. */
export interface PictureIndex {
  /** The best picture for `path` (any extension), or null. A tie goes to the first in code-unit order. */
  find(path: string): string | null;
}

export function createPictureIndex(paths: Iterable<string>): PictureIndex {
  const byStem = new Map<string, string[]>();
  for (const path of paths) {
    if (!isPicturePath(path)) continue;
    const stem = nameOf(withoutExtension(path));
    const known = byStem.get(stem);
    if (known === undefined) byStem.set(stem, [path]);
    else known.push(path);
  }
  return {
    find(path) {
      const isPicture = isPicturePath(path);
      const wanted = isPicture ? path : withoutExtension(path);
      let best: string | null = null;
      let bestScore = -1;
      for (const candidate of byStem.get(nameOf(isPicture ? withoutExtension(path) : wanted)) ?? []) {
        if (isPicture && nameOf(candidate) !== nameOf(path)) continue;
        const score = likeness(folderOf(candidate), folderOf(wanted));
        if (score > bestScore) {
          best = candidate;
          bestScore = score;
        }
      }
      return best;
    },
  };
}

/**
 * How well two folders match: -1 when they speak of different places, else the number of folder names they share from
 * the end, kind folders aside, with half a point for an equal beginning.
 */
function likeness(a: string, b: string): number {
  if (a === b) return 1_000;
  const partsA = meaningfulParts(a);
  const partsB = meaningfulParts(b);
  let shared = 0;
  while (shared < partsA.length && shared < partsB.length) {
    if (partsA[partsA.length - 1 - shared] !== partsB[partsB.length - 1 - shared]) break;
    shared += 1;
  }
  const isEndOfOther = shared === Math.min(partsA.length, partsB.length);
  if (!isEndOfOther && shared === 0) return -1;
  const beginsAlike = a.split('/')[0] === b.split('/')[0];
  return shared + (isEndOfOther ? 0.5 : 0) + (beginsAlike ? 0.25 : 0);
}

function meaningfulParts(folder: string): readonly string[] {
  return folder.split('/').filter((part) => part !== '' && !KIND_FOLDERS.has(part.toLowerCase()));
}
