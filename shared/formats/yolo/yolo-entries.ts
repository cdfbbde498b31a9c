import type { Split } from '../../schema/dataset-version';
import type { DatasetFolder } from '../format';
import { folderOf, isPicturePath, joinedPath, withoutExtension } from '../parts/picture-index';
import type { ProblemQueue } from '../parts/problem-queue';
import { splitFromName } from '../parts/split-name';
import { resolvedPaths, type YoloDataset } from './find-yolo-dataset';
import { keyOfDarknetPicture, keyOfPicture, labelPathOf, pictureStemOf } from './label-path';

/** One picture of a dataset and where its labels are. */
export interface YoloEntry {
  readonly key: string;
  /** Null when the picture is not at hand and no list names it; then only its stem is known. */
  readonly picturePath: string | null;
  readonly pictureStem: string;
  /** Null when there is no label file: the picture is not labelled. */
  readonly labelPath: string | null;
  readonly split: Split | null;
}

/** While entries are gathered, the key is the path of the picture below the dataset. */
type MutableEntry = { -readonly [Field in keyof YoloEntry]: YoloEntry[Field] };

const MAX_LIST_LINE_CHARS = 10_000;

/** All pictures of a dataset, sorted by key in code-unit order. Memory follows the number of images. */
export async function entriesOf(
  folder: DatasetFolder,
  dataset: YoloDataset,
  problems: ProblemQueue,
): Promise<readonly YoloEntry[]> {
  const labelPaths = new Set(dataset.labelPaths);
  const splitOf = splitRule(dataset);
  const byPicture = new Map<string, MutableEntry>();
  const usedLabels = new Set<string>();
  const reportSecond = (labelPath: string, picture: string) =>
    problems.warning(
      'yolo-two-label-files',
      labelPath,
      `${labelPath} is a second label file of ${picture}; it was not read. Remove one of the two.`,
    );
  const add = (
    pictureStem: string,
    picturePath: string | null,
    labelPath: string | null,
    split: Split | null,
  ) => {
    const key = belowRoot(picturePath ?? `${pictureStem}.jpg`, dataset.root);
    byPicture.set(picturePath ?? pictureStem, { key, picturePath, pictureStem, labelPath, split });
    if (labelPath !== null) usedLabels.add(labelPath);
  };

  const isDarknet = dataset.config !== null && dataset.config.yaml === null;
  for (const { path, split } of dataset.lists) {
    for await (const lines of linesOf(folder, path, problems)) {
      for (const line of lines) {
        const found = listed(line.trim(), dataset, labelPaths, isDarknet);
        if (found === null) continue;
        // A picture in two lists (val points to train) is in no split of its own.
        const earlier = byPicture.get(found.picturePath);
        add(
          withoutExtension(found.picturePath),
          found.picturePath,
          found.labelPath,
          earlier === undefined || earlier.split === split ? split : null,
        );
      }
    }
  }
  for (const labelPath of dataset.labelPaths) {
    if (usedLabels.has(labelPath)) continue;
    const picturePath = dataset.pictures.find(pictureStemOf(labelPath)) ?? dataset.pictures.find(labelPath);
    if (picturePath !== null && byPicture.has(picturePath)) {
      reportSecond(labelPath, picturePath);
      continue;
    }
    const stem = picturePath === null ? pictureStemOf(labelPath) : withoutExtension(picturePath);
    add(stem, picturePath, labelPath, splitOf(picturePath ?? stem, labelPath));
  }
  for (const picturePath of unlabelledPictures(dataset, byPicture)) {
    add(withoutExtension(picturePath), picturePath, null, splitOf(picturePath, null));
  }
  const byKey = new Map<string, YoloEntry>();
  for (const entry of withKeys(byPicture.values(), isDarknet)) {
    if (!byKey.has(entry.key)) byKey.set(entry.key, entry);
    else reportSecond(entry.labelPath ?? entry.key, entry.key);
  }
  return [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Keys without the folders of the layout. Darknet's are left where two splits have a picture of the same name. */
function withKeys(entries: Iterable<MutableEntry>, isDarknet: boolean): readonly YoloEntry[] {
  const all = [...entries];
  if (isDarknet) {
    const bare = new Set(all.map((entry) => keyOfDarknetPicture(entry.key)));
    const isDistinct = bare.size === all.length;
    for (const entry of all) {
      const key = keyOfDarknetPicture(entry.key);
      entry.key = key === entry.key || !isDistinct ? keyOfPicture(entry.key) : key;
    }
    return all;
  }
  for (const entry of all) entry.key = keyOfPicture(entry.key);
  return all;
}

function belowRoot(path: string, root: string): string {
  return root !== '' && path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}

interface Listed {
  readonly picturePath: string;
  readonly labelPath: string | null;
}

/** A line of a list as a picture of this dataset: lists name paths of the machine they were made on. */
function listed(
  line: string,
  dataset: YoloDataset,
  labelPaths: ReadonlySet<string>,
  isDarknet: boolean,
): Listed | null {
  if (!isPicturePath(line)) return null;
  const asWritten = line.startsWith('./') ? line.slice(2) : line;
  const direct = present(asWritten, dataset, labelPaths, isDarknet);
  if (direct !== null) return direct;
  const parts = line
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) parts.splice(0, parts.lastIndexOf('..') + 1);
  for (let from = 0; from < parts.length; from += 1) {
    const found = present(parts.slice(from).join('/'), dataset, labelPaths, isDarknet);
    if (found !== null) return found;
  }
  return null;
}

/** The picture at a path of the dataset, when it or its labels are there. */
function present(
  path: string,
  dataset: YoloDataset,
  labelPaths: ReadonlySet<string>,
  isDarknet: boolean,
): Listed | null {
  const picturePath = joinedPath(dataset.root, path);
  const swapped = joinedPath(dataset.root, labelPathOf(path));
  const beside = `${withoutExtension(picturePath)}.txt`;
  // Ultralytics looks for a folder beside `images`, Darknet for a file beside the picture.
  const [first, second] = isDarknet ? [beside, swapped] : [swapped, beside];
  const labelPath = labelPaths.has(first) ? first : labelPaths.has(second) ? second : null;
  return labelPath !== null || dataset.picturePaths.has(picturePath) ? { picturePath, labelPath } : null;
}

/** Pictures that stand among the labelled ones, or where the config points, and have no label file. */
function unlabelledPictures(
  dataset: YoloDataset,
  byPicture: ReadonlyMap<string, YoloEntry>,
): readonly string[] {
  if (dataset.picturePaths.size === 0) return [];
  const folders = new Set<string>();
  for (const entry of byPicture.values()) {
    if (entry.picturePath !== null) folders.add(folderOf(entry.picturePath));
  }
  const named = namedFolders(dataset).map(({ path }) => path);
  return [...dataset.picturePaths].filter((path) => {
    if (byPicture.has(path)) return false;
    const folder = folderOf(path);
    return (
      folders.has(folder) || named.some((prefix) => folder === prefix || folder.startsWith(`${prefix}/`))
    );
  });
}

function namedFolders({ config }: YoloDataset): readonly { readonly path: string; readonly split: Split }[] {
  const yaml = config?.yaml ?? null;
  if (config === null || yaml === null) return [];
  return (['train', 'val', 'test'] as const).flatMap((split) =>
    yaml[split]
      .flatMap((value) => resolvedPaths(config, value))
      .map((path) => ({ path, split }))
      .filter(({ path }) => path !== '' && path !== config.root && !path.endsWith('.txt')),
  );
}

/** The split of a picture that no list names: by the config's folders, else by the names of its own folders. */
function splitRule(dataset: YoloDataset): (picturePath: string, labelPath: string | null) => Split | null {
  const named = namedFolders(dataset);
  return (picturePath, labelPath) => {
    const splits = new Set(
      named.filter(({ path }) => picturePath.startsWith(`${path}/`)).map(({ split }) => split),
    );
    if (splits.size > 0) return splits.size === 1 ? ([...splits][0] ?? null) : null;
    for (const path of [picturePath, labelPath ?? '']) {
      for (const part of folderOf(belowRoot(path, dataset.root)).split('/').reverse()) {
        const split = splitFromName(part);
        if (split !== null) return split;
      }
    }
    return null;
  };
}

/** Lines of a list of pictures, many at a time. */
async function* linesOf(
  folder: DatasetFolder,
  path: string,
  problems: ProblemQueue,
): AsyncGenerator<readonly string[]> {
  let rest = '';
  try {
    for await (const chunk of folder.streamText(path)) {
      const lines = (rest + chunk).split(/\r?\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      yield lines;
      if (rest.length > MAX_LIST_LINE_CHARS) break;
    }
    if (rest.length <= MAX_LIST_LINE_CHARS) yield [rest];
  } catch {
    problems.warning(
      'yolo-list-unreadable',
      path,
      `${path} cannot be read to its end; splits may be missing.`,
    );
  }
}
