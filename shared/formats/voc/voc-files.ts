import type { DatasetFolder } from '../format';
import { folderOf, isPicturePath, joinedPath, nameOf, withoutExtension } from '../parts/picture-index';

/** One picture of a dataset by the files that speak of it. */
export interface VocEntry {
  /** The folder that holds `Annotations`, '' for files that lie beside their pictures. */
  readonly root: string;
  /** VOC's image id: the path below `Annotations` without `.xml`, e.g. `2007_000001` or `day/0001`. */
  readonly id: string;
  /** Null when only masks or a picture are there. */
  readonly xmlPath: string | null;
  readonly classMaskPath: string | null;
  readonly objectMaskPath: string | null;
}

export interface VocFiles {
  /** In code-unit order of root and id. */
  readonly entries: readonly VocEntry[];
  /** XML files that would be a second description of an entry. */
  readonly secondFiles: readonly string[];
  /** `ImageSets/<task>/<name>.txt` by root. */
  readonly listPaths: readonly { readonly root: string; readonly path: string }[];
  /** Files that name the classes, best first. */
  readonly classFiles: readonly string[];
  readonly picturePaths: ReadonlySet<string>;
  readonly hasMasks: boolean;
}

const ANNOTATION_FOLDERS = new Set(['annotations', 'annotation', 'annots', 'xmls', 'xml', 'labels']);
const CLASS_MASK_FOLDER = /^(.*?)(?:^|\/)(SegmentationClass(?:PNG)?)\/(.+)\.png$/i;
const OBJECT_MASK_FOLDER = /^(.*?)(?:^|\/)(SegmentationObject(?:PNG)?)\/(.+)\.png$/i;
const LIST = /^(.*?)(?:^|\/)ImageSets\/(?:Main|Layout|Action|Segmentation)\/[^/]+\.txt$/i;

/** Tried in this order; the first that is there names the classes. */
const CLASS_FILES = [
  'labelmap.txt',
  'label_map.txt',
  'class_names.txt',
  'predefined_classes.txt',
  'classes.txt',
];

/** Sorts the files of a folder by what they are in a VOC dataset; nothing is opened. */
export async function findVocFiles(folder: DatasetFolder): Promise<VocFiles> {
  const entries = new Map<string, Draft>();
  const secondFiles: string[] = [];
  const listPaths: { root: string; path: string }[] = [];
  const classFiles: string[] = [];
  const picturePaths = new Set<string>();
  let hasMasks = false;
  const entry = (root: string, id: string): Draft => {
    const key = `${root}\n${id}`;
    let known = entries.get(key);
    if (known === undefined) {
      known = { root, id, xmlPath: null, classMaskPath: null, objectMaskPath: null };
      entries.set(key, known);
    }
    return known;
  };
  for (const { path } of await folder.list()) {
    if (/\.xml$/i.test(path)) {
      const place = placeOfXml(path);
      const found = entry(place.root, place.id);
      if (found.xmlPath === null) found.xmlPath = path;
      else secondFiles.push(path);
      continue;
    }
    const mask = CLASS_MASK_FOLDER.exec(path) ?? OBJECT_MASK_FOLDER.exec(path);
    if (mask !== null) {
      const found = entry(mask[1] ?? '', mask[3] ?? '');
      if (/class/i.test(mask[2] ?? '')) found.classMaskPath = path;
      else found.objectMaskPath = path;
      hasMasks = true;
      continue;
    }
    const list = LIST.exec(path);
    if (list !== null) listPaths.push({ root: list[1] ?? '', path });
    else if (CLASS_FILES.includes(nameOf(path).toLowerCase())) classFiles.push(path);
    else if (isPicturePath(path)) picturePaths.add(path);
  }
  const rank = (path: string) => CLASS_FILES.indexOf(nameOf(path).toLowerCase());
  return {
    entries: [...entries.values()].sort((a, b) => compared(a.root, b.root) || compared(a.id, b.id)),
    secondFiles,
    listPaths,
    classFiles: classFiles.sort((a, b) => rank(a) - rank(b) || compared(a, b)),
    picturePaths,
    hasMasks,
  };
}

interface Draft {
  readonly root: string;
  readonly id: string;
  xmlPath: string | null;
  classMaskPath: string | null;
  objectMaskPath: string | null;
}

function compared(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Where `Annotations` (or a folder of such a name) is highest in the path, its parent is the root. */
function placeOfXml(path: string): { readonly root: string; readonly id: string } {
  const folders = folderOf(path).split('/');
  const index = folders.findIndex((name) => ANNOTATION_FOLDERS.has(name.toLowerCase()));
  const id = withoutExtension(path);
  if (index < 0) return { root: '', id };
  const before = folders.slice(0, index + 1).join('/');
  return { root: folders.slice(0, index).join('/'), id: id.slice(before.length + 1) };
}

/** Folders below a root in which pictures lie, by how VOC and those after it call them. */
const PICTURE_FOLDERS = ['JPEGImages', 'images', 'Images', 'img', 'imgs', 'PNGImages'];

/** What an id is called as a picture: its path below the folder of pictures, and that folder. */
export function pictureFolders(root: string): readonly string[] {
  return [...PICTURE_FOLDERS.map((name) => joinedPath(root, name)), root];
}

/** The root below whose folder of pictures a picture lies, and its path there; null when it lies in none. */
export function placeOfPicture(
  path: string,
  roots: ReadonlySet<string>,
): { readonly root: string; readonly key: string } | null {
  const parts = path.split('/');
  for (let at = 0; at < parts.length - 1; at += 1) {
    if (!PICTURE_FOLDERS.includes(parts[at] ?? '')) continue;
    const root = parts.slice(0, at).join('/');
    if (roots.has(root)) return { root, key: parts.slice(at + 1).join('/') };
  }
  return null;
}
