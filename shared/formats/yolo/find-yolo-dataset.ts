import { SPLITS, type Split } from '../../schema/dataset-version';
import type { DatasetFolder } from '../format';
import {
  createPictureIndex,
  folderOf,
  isPicturePath,
  nameOf,
  type PictureIndex,
} from '../parts/picture-index';
import { splitFromName } from '../parts/split-name';
import { type ClassList, type FileFault, findClassLists, MAX_CONFIG_BYTES } from './find-class-lists';

export interface YoloDataset {
  /** Where class names come from; null when they are nowhere to be found. */
  readonly config: ClassList | null;
  /** Other files of the dataset that name its classes. */
  readonly otherLists: readonly ClassList[];
  readonly root: string;
  readonly labelPaths: readonly string[];
  /** Lists of pictures (`train.txt`), with the split they stand for; null when they stand for several. */
  readonly lists: readonly { readonly path: string; readonly split: Split | null }[];
  readonly picturePaths: ReadonlySet<string>;
  readonly pictures: PictureIndex;
  /** Label folders of other datasets in the same place, which are not read. */
  readonly setAside: readonly { readonly path: string; readonly reason: string }[];
  readonly faults: readonly FileFault[];
}

const LIST_FILES = /^(?:train|val|valid|validation|test|trainval|all)\.txt$/i;
/** Texts that lie about in datasets; beside pictures there are more of them than among labels. */
const NEVER_LABELS = /^(?:readme.*|licen[cs]e.*|predefined_classes)\.txt$/i;
const NO_LABELS_BESIDE_PICTURES = /^(?:requirements|class_names|labels|notes|names)\.txt$/i;
const LABEL_FOLDER = /(?:^|\/)(?:labels|annotations|labeltxt|obj_[^/]*data)(?:\/|$)/i;

/** Looks through a folder for one YOLO dataset: its class names, its label files and its pictures. Never throws. */
export async function findYoloDataset(folder: DatasetFolder): Promise<YoloDataset> {
  const paths = (await folder.list()).map((file) => file.path);
  const picturePaths = new Set(paths.filter(isPicturePath));
  const pictures = createPictureIndex(picturePaths);
  const faults: FileFault[] = [];
  const hasPicture = (path: string) => pictures.find(path) !== null;
  const classLists = await findClassLists(folder, paths, hasPicture, faults);
  const listPaths = listsOfPictures(paths, classLists);
  const pathsOfLists = new Set(classLists.map((list) => list.path));
  const foldersOfLists = new Set(classLists.map((list) => folderOf(list.path)));
  const labelPaths = paths.filter((path) => {
    if (!/\.txt$/i.test(path) || listPaths.has(path)) return false;
    const name = nameOf(path);
    // A picture may be called readme.
    if (pathsOfLists.has(path) || (NEVER_LABELS.test(name) && !hasPicture(path))) return false;
    const within = folderOf(path);
    if (LABEL_FOLDER.test(within)) return true;
    if (NO_LABELS_BESIDE_PICTURES.test(name)) return false;
    const picture = pictures.find(path);
    if (picture !== null && folderOf(picture) === within) return true;
    return foldersOfLists.has(within);
  });

  const { config, kept, setAside } = await chosen(folder, classLists, labelPaths);
  const root = config?.root ?? '';
  return {
    config,
    otherLists: config === null ? [] : classLists.filter((list) => isOfDataset(list, config)),
    root,
    labelPaths: kept,
    lists: [...listPaths]
      .filter((path) => isBelow(path, root))
      .sort()
      .map((path) => ({ path, split: splitOfList(config, path) })),
    picturePaths,
    pictures,
    setAside,
    faults: config === null ? faults : faults.filter((fault) => fault.path === config.path),
  };
}

function listsOfPictures(paths: readonly string[], classLists: readonly ClassList[]): ReadonlySet<string> {
  const known = new Set(paths);
  const found = new Set(
    paths.filter((path) => LIST_FILES.test(nameOf(path)) && !LABEL_FOLDER.test(folderOf(path))),
  );
  for (const config of classLists) {
    const { train = [], val = [], test = [] } = config.yaml ?? {};
    for (const value of [...train, ...val, ...test]) {
      for (const path of resolvedPaths(config, value)) {
        if (path.endsWith('.txt') && known.has(path)) found.add(path);
      }
    }
  }
  return found;
}

function isBelow(path: string, root: string): boolean {
  return root === '' || path.startsWith(`${root}/`);
}

function isOfDataset(list: ClassList, config: ClassList): boolean {
  if (list === config) return false;
  return list.yaml === null ? isBelow(list.path, config.root) : list.root === config.root;
}

/** Of lists for the same files, the one to believe first. */
function rank({ path, yaml }: ClassList): number {
  const name = nameOf(path).toLowerCase();
  if (yaml !== null) return name === 'data.yaml' ? 0 : 1;
  return name === 'obj.names' ? 2 : name === 'classes.txt' ? 4 : 3;
}

/**
 * Each label file belongs to the nearest data.yaml above it, else to the nearest list of names. Several of them with
 * label files are several datasets: the one with most boxes is read, because a set of polygons beside a set of boxes
 * tells the same things twice.
 */
async function chosen(
  folder: DatasetFolder,
  classLists: readonly ClassList[],
  labelPaths: readonly string[],
): Promise<{
  config: ClassList | null;
  kept: readonly string[];
  setAside: readonly { path: string; reason: string }[];
}> {
  const nearest = [...classLists].sort(
    (a, b) =>
      Number(a.yaml === null) - Number(b.yaml === null) ||
      b.root.length - a.root.length ||
      rank(a) - rank(b) ||
      b.names.size - a.names.size ||
      (a.path < b.path ? -1 : 1),
  );
  const groups = new Map<ClassList | null, string[]>();
  const ownerOfFolder = new Map<string, ClassList | null>();
  for (const path of labelPaths) {
    const within = folderOf(path);
    let owner = ownerOfFolder.get(within);
    if (owner === undefined) {
      owner = nearest.find((list) => isBelow(path, list.root)) ?? null;
      ownerOfFolder.set(within, owner);
    }
    const group = groups.get(owner);
    if (group === undefined) groups.set(owner, [path]);
    else group.push(path);
  }
  if (groups.size <= 1) {
    const [only] = groups;
    return { config: only?.[0] ?? nearest.at(-1) ?? null, kept: only?.[1] ?? [], setAside: [] };
  }
  const ranked: { config: ClassList | null; group: string[]; isBoxes: boolean }[] = [];
  for (const [config, group] of groups)
    ranked.push({ config, group, isBoxes: await holdsBoxes(folder, group) });
  ranked.sort(
    (a, b) =>
      Number(b.config !== null) - Number(a.config !== null) ||
      Number(b.isBoxes) - Number(a.isBoxes) ||
      b.group.length - a.group.length ||
      ((a.config?.root ?? '') < (b.config?.root ?? '') ? -1 : 1),
  );
  const [best, ...others] = ranked;
  return {
    config: best?.config ?? null,
    kept: best?.group ?? [],
    setAside: others.map(({ config, group }) => ({
      path: config?.root ?? folderOf(group[0] ?? ''),
      reason: `its ${group.length} label files belong to another dataset than ${best?.config?.path ?? 'the one that was read'}; open that folder by itself to read them`,
    })),
  };
}

async function holdsBoxes(folder: DatasetFolder, labelPaths: readonly string[]): Promise<boolean> {
  let boxes = 0;
  let others = 0;
  for (const path of labelPaths.slice(0, 10)) {
    const text = await folder.readText(path, MAX_CONFIG_BYTES);
    if (!text.ok) continue;
    for (const line of text.value.split('\n')) {
      if (line.trim() === '') continue;
      if (line.trim().split(/\s+/).length <= 6) boxes += 1;
      else others += 1;
    }
  }
  return boxes > others;
}

/**
 * Where a path of a config (`../train/images`, `./images/val`) may lie below the folder that was opened: under its
 * `path`, and without it, since `path` often names where the dataset was on another machine.
 */
export function resolvedPaths(config: ClassList, value: string): readonly string[] {
  const base = config.yaml?.path ?? '';
  const isAbsolute = /^(?:\/|[a-z]:)/i.test(base);
  const plain = normalised(`${config.root}/${value}`);
  const based = isAbsolute ? plain : normalised(`${config.root}/${base}/${value}`);
  return based === plain ? [plain] : [based, plain];
}

function normalised(path: string): string {
  const parts: string[] = [];
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function splitOfList(config: ClassList | null, path: string): Split | null {
  const byName = splitFromName(nameOf(path));
  if (config === null || config.yaml === null) return byName;
  const { yaml } = config;
  const named = SPLITS.filter((split) =>
    yaml[split].some((value) => resolvedPaths(config, value).includes(path)),
  );
  // One list may stand in for several splits (val points to train when there is no val); its name says what it is.
  if (named.length === 0 || (byName !== null && named.includes(byName))) return byName;
  return named.length === 1 ? (named[0] ?? null) : null;
}
