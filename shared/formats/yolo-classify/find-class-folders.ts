import type { Size } from '../../geometry/rect';
import type { Split } from '../../schema/dataset-version';
import type { DatasetFolder } from '../format';
import { folderOf, isPicturePath, nameOf } from '../parts/picture-index';
import { LABELS_FILE } from '../parts/sidecar/labels-file';
import { splitOfFolder } from '../parts/split-name';

/** A picture and the class whose folder it lies in. */
export interface ClassedPicture {
  readonly path: string;
  readonly key: string;
  /** Null for a picture that lies in a folder of no class: nobody said what it shows. */
  readonly className: string | null;
  readonly split: Split | null;
  /** Null when only the picture itself can tell. */
  readonly size: Size | null;
}

export interface ClassFolders {
  /** Sorted by path. */
  readonly pictures: readonly ClassedPicture[];
  readonly hasSplits: boolean;
  readonly classNames: ReadonlySet<string>;
  /** Pictures that lie outside of the folders of splits. */
  readonly outside: readonly string[];
  /** Files that may hold labels of another format, the first of them. */
  readonly otherFiles: readonly string[];
}

/** Folders that say what kind of file is in them; none is a class. */
const KIND_FOLDER =
  /^(?:images?|imgs?|jpegimages|pictures|photos|frames?|data|labels?|labeltxt|label_0?2|image_0?[0-3]|annotations?|masks?|leftimg8bit|gtfine|ground_?truth|gt|obj_.*data)$/i;

/** What lies about in any dataset and is no label file. */
const NO_LABELS =
  /^(?:readme|licen[cs]e|dataset_?card|classes|synsets?|\.).*|^groundmark-|\.(?:md|cache|ds_store)$/i;

const MAX_OTHERS = 5;

/**
 * Pictures in folders of classes, in folders of splits where there are any: `train/cat/1.jpg` or `cat/1.jpg`. Folders
 * below a class belong to it. Null when no picture lies in a folder.
 */
export async function findClassFolders(folder: DatasetFolder): Promise<ClassFolders | null> {
  const paths = (await folder.list()).map(({ path }) => path);
  const picturePaths = paths.filter(isPicturePath);
  const otherFiles = paths
    .filter((path) => !isPicturePath(path) && !NO_LABELS.test(nameOf(path)) && nameOf(path) !== LABELS_FILE)
    .slice(0, MAX_OTHERS);
  const splitRoot = rootOfSplits(picturePaths);
  const root = splitRoot ?? commonFolder(picturePaths);
  const pictures: ClassedPicture[] = [];
  const outside: string[] = [];
  for (const path of picturePaths) {
    const placed = placedPicture(path, root);
    if (splitRoot !== null && (placed === null || placed.split === null)) outside.push(path);
    else if (placed !== null) pictures.push(placed);
  }
  const classNames = new Set(pictures.flatMap(({ className }) => className ?? []));
  if (classNames.size === 0) return null;
  return { pictures, hasSplits: splitRoot !== null, classNames, outside, otherFiles };
}

/** A picture by its path: `<root>/[split/]class/…`; null when it does not lie below the root. */
export function placedPicture(path: string, root: string): ClassedPicture | null {
  if (root !== '' && !path.startsWith(`${root}/`)) return null;
  const parts = folderOf(root === '' ? path : path.slice(root.length + 1)).split('/');
  const split = splitOfFolder(parts[0] ?? '');
  const className = (split === null ? parts[0] : parts[1]) ?? '';
  return { path, key: path, className: className === '' ? null : className, split, size: null };
}

/** The folder that holds the folders of splits, the topmost of several; null when no class lies in one. */
function rootOfSplits(paths: readonly string[]): string | null {
  let best: string | null = null;
  for (const path of paths) {
    const parts = path.split('/');
    // Between the split and the picture there is a class.
    const at = parts.findIndex((part, index) => index < parts.length - 2 && splitOfFolder(part) !== null);
    if (at < 0) continue;
    const root = parts.slice(0, at).join('/');
    if (best === null || root.length < best.length) best = root;
  }
  return best;
}

/** The folder that all class folders are in: pictures of one folder alone are one class. */
function commonFolder(paths: readonly string[]): string {
  const folders = [...new Set(paths.map(folderOf))];
  const [first = '', ...others] = folders;
  let common = folderOf(first);
  for (const other of others) {
    while (common !== '' && !other.startsWith(`${common}/`)) common = folderOf(common);
  }
  return common;
}

export function isKindFolder(name: string): boolean {
  return KIND_FOLDER.test(name);
}
