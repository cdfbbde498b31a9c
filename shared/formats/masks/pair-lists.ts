import type { Split } from '../../schema/dataset-version';
import type { DatasetFolder } from '../format';
import { keyFromFileName } from '../parts/dataset-key';
import { folderOf, isPicturePath, joinedPath, nameOf, withoutExtension } from '../parts/picture-index';
import { splitFromName } from '../parts/split-name';
import type { MaskFile } from './find-mask-dataset';

/** A line holds two paths. */
const MAX_LIST_BYTES = 256 * 1024 * 1024;

/** Named after splits, beside which a dataset has few other text files. */
const LIST_NAME = /^(?:train|val|valid|validation|test|trainval|all|default|list)\.txt$/i;

/**
 * CamVid's lists, `train.txt` and the like: a line is the path of a picture and of its mask, in quotes where a path has
 * spaces, both from the folder of the list. Lines that name no mask which is there are passed over.
 */
export async function readPairLists(
  folder: DatasetFolder,
  paths: readonly string[],
): Promise<{ readonly masks: readonly MaskFile[]; readonly lists: readonly string[] }> {
  const known = new Set(paths);
  const masks = new Map<string, MaskFile>();
  const lists: string[] = [];
  for (const path of paths.filter((candidate) => LIST_NAME.test(nameOf(candidate)))) {
    const [firstLine = ''] = (await folder.head(path)).split(/\r?\n/, 1);
    if (pairOf(firstLine) === null) continue;
    const read = await folder.readText(path, MAX_LIST_BYTES);
    if (!read.ok) continue;
    const split = splitFromName(nameOf(withoutExtension(path)));
    const root = folderOf(path);
    for (const line of read.value.split(/\r?\n/)) {
      const pair = pairOf(line);
      const maskPath = pair === null ? '' : joinedPath(root, pair.mask);
      if (pair === null || !known.has(maskPath) || masks.has(pair.picture)) continue;
      const picturePath = joinedPath(root, pair.picture);
      masks.set(pair.picture, {
        maskPath,
        key: pair.picture.startsWith('images/') ? pair.picture.slice('images/'.length) : pair.picture,
        picturePath: known.has(picturePath) ? picturePath : null,
        split,
      });
    }
    lists.push(path);
  }
  return { masks: [...masks.values()], lists: masks.size === 0 ? [] : lists };
}

/** CVAT's and VOC's `ImageSets/Segmentation/<split>.txt`: a name a line, without folder and extension. */
export async function readImageSets(
  folder: DatasetFolder,
  paths: readonly string[],
): Promise<ReadonlyMap<string, Split>> {
  const splits = new Map<string, Split>();
  for (const path of paths.filter((candidate) =>
    /(^|\/)ImageSets\/Segmentation\/[^/]+\.txt$/i.test(candidate),
  )) {
    const split = splitFromName(nameOf(withoutExtension(path)));
    const read = split === null ? null : await folder.readText(path, MAX_LIST_BYTES);
    if (split === null || read === null || !read.ok) continue;
    for (const line of read.value.split(/\r?\n/)) {
      const stem = nameOf(line.trim());
      if (stem !== '' && !splits.has(stem)) splits.set(stem, split);
    }
  }
  return splits;
}

/** `"a path" b.png` as its two paths; null for a line that is something else. */
function pairOf(line: string): { readonly picture: string; readonly mask: string } | null {
  const words = [...line.trim().matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map((match) =>
    match[1] === undefined ? (match[2] ?? '') : match[1].replace(/\\(.)/g, '$1'),
  );
  if (words.length !== 2) return null;
  const [picture, mask] = words.map((word) => keyFromFileName(word.replace(/^\/+/, ''))?.key ?? '');
  if (picture === undefined || mask === undefined || !isPicturePath(picture) || !/\.png$/i.test(mask))
    return null;
  return { picture, mask };
}

/** The line of a picture and its mask as `readPairLists` takes it. */
export function pairLine(picturePath: string, maskPath: string): string {
  return `${word(picturePath)} ${word(maskPath)}\n`;
}

function word(path: string): string {
  return /[\s"\\]/.test(path) ? `"${path.replace(/["\\]/g, '\\$&')}"` : path;
}
