const PICTURE_EXTENSIONS = ['jpg', 'jpeg', 'png', 'bmp', 'webp', 'tif', 'tiff', 'gif', 'avif'] as const;

/** Tried in this order where a picture's extension is not known and the folder cannot be listed. */
export const PROBED_EXTENSIONS: readonly string[] = PICTURE_EXTENSIONS;

const IS_PICTURE = new RegExp(`\\.(?:${PICTURE_EXTENSIONS.join('|')})$`, 'i');

/** Folder names that say what kind of file is in them and nothing about which picture it is. */
const KIND_FOLDERS = new Set(['images', 'labels', 'annotations', 'jpegimages', 'img', 'imgs']);

export function isPicturePath(path: string): boolean {
  return IS_PICTURE.test(path);
}

/** With `%20` and its like read as what they stand for; unchanged where they stand for nothing. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
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
  /**
   * The picture for `path` (any extension), or null when none fits or pictures of several folders fit equally well: a
   * guess would put labels on another picture. In one folder a tie goes to the first in code-unit order.
   */
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
  const find = (path: string): string | null => {
    const isPicture = isPicturePath(path);
    const wanted = isPicture ? path : withoutExtension(path);
    let best: string | null = null;
    let bestScore = -1;
    let isTie = false;
    for (const candidate of byStem.get(nameOf(isPicture ? withoutExtension(path) : wanted)) ?? []) {
      if (isPicture && nameOf(candidate) !== nameOf(path)) continue;
      const score = likeness(folderOf(candidate), folderOf(wanted));
      if (score < 0 || score < bestScore) continue;
      if (score > bestScore) {
        best = candidate;
        isTie = false;
      } else if (best !== null && folderOf(best) !== folderOf(candidate)) isTie = true;
      bestScore = score;
    }
    return isTie ? null : best;
  };
  return {
    find(path) {
      const found = find(path);
      // Label Studio writes names as they stand in an address: `a%20b.jpg` for `a b.jpg`.
      return found === null && path.includes('%') ? find(decoded(path)) : found;
    },
  };
}

/**
 * How well two folders match: -1 when they speak of different places, else the number of folder names they share from
 * the end, kind folders aside, with half a point when that is all of one, a quarter for an equal beginning, and less for
 * each folder that only one of them has.
 */
function likeness(a: string, b: string): number {
  if (a === b) return 10_000;
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
  const others = partsA.length + partsB.length - 2 * shared;
  // Kind folders count last: of `images/x.jpg` and `images/images/x.jpg` the second is `images/x.jpg` below images/.
  const depths = Math.abs(a.split('/').length - b.split('/').length);
  return (
    10 +
    shared +
    (isEndOfOther ? 0.5 : 0) +
    (beginsAlike ? 0.25 : 0) -
    0.01 * Math.min(others, 20) -
    0.0001 * Math.min(depths, 20)
  );
}

function meaningfulParts(folder: string): readonly string[] {
  return folder.split('/').filter((part) => part !== '' && !KIND_FOLDERS.has(part.toLowerCase()));
}
