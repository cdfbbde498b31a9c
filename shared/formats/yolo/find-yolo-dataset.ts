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
import { type DataYaml, parseDataYaml } from './parse-data-yaml';

/** Where the class names of a dataset come from. */
export interface YoloConfig {
  readonly path: string;
  /** The folder that the dataset's paths are relative to. */
  readonly root: string;
  readonly names: ReadonlyMap<number, string> | null;
  readonly yaml: DataYaml | null;
}

export interface YoloDataset {
  /** Null when class names are nowhere to be found. */
  readonly config: YoloConfig | null;
  readonly root: string;
  readonly labelPaths: readonly string[];
  /** Lists of pictures (`train.txt`), with the split they stand for; null when they stand for several. */
  readonly lists: readonly { readonly path: string; readonly split: Split | null }[];
  readonly picturePaths: ReadonlySet<string>;
  readonly pictures: PictureIndex;
  /** Label folders of other datasets in the same place, which are not read. */
  readonly setAside: readonly { readonly path: string; readonly reason: string }[];
  readonly faults: readonly {
    readonly path: string;
    readonly line: number | null;
    readonly reason: string;
  }[];
}

const MAX_CONFIG_BYTES = 4 * 1024 * 1024;
const MAX_CONFIGS = 50;

/** Names of text files that are lists of class names. */
const NAMES_FILES = new Set(['obj.names', 'classes.txt', 'classes.names', '_darknet.labels']);
const LIST_FILES = /^(?:train|val|valid|validation|test|trainval|all)\.txt$/i;
const NOT_LABELS = /^(?:readme.*|licen[cs]e.*|requirements|classes|class_names|labels|notes|names)\.txt$/i;
const LABEL_FOLDER = /(?:^|\/)(?:labels|annotations|labeltxt|obj_[^/]*data)(?:\/|$)/i;

/** Looks through a folder for one YOLO dataset: its config, its label files and its pictures. Never throws. */
export async function findYoloDataset(folder: DatasetFolder): Promise<YoloDataset> {
  const paths = (await folder.list()).map((file) => file.path);
  const known = new Set(paths);
  const picturePaths = new Set(paths.filter(isPicturePath));
  const pictures = createPictureIndex(picturePaths);
  const faults: { path: string; line: number | null; reason: string }[] = [];
  const configs = await findConfigs(folder, paths, faults);

  const listPaths = new Set(
    paths.filter((path) => LIST_FILES.test(nameOf(path)) && !LABEL_FOLDER.test(folderOf(path))),
  );
  for (const config of configs) {
    for (const value of [
      ...(config.yaml?.train ?? []),
      ...(config.yaml?.val ?? []),
      ...(config.yaml?.test ?? []),
    ]) {
      for (const path of resolvedPaths(config, value)) {
        if (path.endsWith('.txt') && known.has(path)) listPaths.add(path);
      }
    }
  }
  const labelPaths = paths.filter((path) => {
    if (!/\.txt$/i.test(path) || listPaths.has(path) || NOT_LABELS.test(nameOf(path))) return false;
    if (LABEL_FOLDER.test(folderOf(path))) return true;
    const picture = pictures.find(path);
    if (picture !== null && folderOf(picture) === folderOf(path)) return true;
    return configs.some((config) => folderOf(config.path) === folderOf(path));
  });

  const { config, kept, setAside } = await chosen(folder, configs, labelPaths);
  const root = config?.root ?? '';
  return {
    config,
    root,
    labelPaths: kept,
    lists: [...listPaths]
      .filter((path) => root === '' || path.startsWith(`${root}/`))
      .sort()
      .map((path) => ({ path, split: splitOfList(config, path) })),
    picturePaths,
    pictures,
    setAside,
    faults: config === null ? faults : faults.filter((fault) => fault.path === config.path),
  };
}

async function findConfigs(
  folder: DatasetFolder,
  paths: readonly string[],
  faults: { path: string; line: number | null; reason: string }[],
): Promise<readonly YoloConfig[]> {
  const configs: YoloConfig[] = [];
  const yamls = paths.filter((path) => /\.ya?ml$/i.test(path)).slice(0, MAX_CONFIGS);
  for (const path of yamls) {
    const text = await folder.readText(path, MAX_CONFIG_BYTES);
    if (!text.ok) {
      faults.push({ path, line: null, reason: text.error.message });
      continue;
    }
    const parsed = parseDataYaml(text.value);
    if (!parsed.ok) {
      // YAML of other programs may lie about; only one that means to name classes is a fault.
      if (/^names\s*:/m.test(text.value))
        faults.push({ path, line: parsed.error.line, reason: parsed.error.reason });
      continue;
    }
    if (parsed.value.names === null) continue;
    configs.push({ path, root: folderOf(path), names: parsed.value.names, yaml: parsed.value });
  }
  for (const path of paths
    .filter((candidate) => NAMES_FILES.has(nameOf(candidate).toLowerCase()))
    .slice(0, MAX_CONFIGS)) {
    const root = /(?:^|\/)labels$/i.test(folderOf(path)) ? folderOf(folderOf(path)) : folderOf(path);
    if (configs.some((config) => config.root === root)) continue;
    const text = await folder.readText(path, MAX_CONFIG_BYTES);
    if (!text.ok) {
      faults.push({ path, line: null, reason: text.error.message });
      continue;
    }
    const lines = text.value
      .replace(/^\uFEFF/, '')
      .split(/\r\n|\n|\r/)
      .map((line) => line.trim());
    while (lines.at(-1) === '') lines.pop();
    configs.push({
      path,
      root,
      names: new Map(lines.map((name, index) => [index, name] as const)),
      yaml: null,
    });
  }
  return configs;
}

/**
 * Each label file belongs to the nearest config above it. Several configs with label files are several datasets: the
 * one with most boxes is read, because a set of polygons beside a set of boxes tells the same things twice.
 */
async function chosen(
  folder: DatasetFolder,
  configs: readonly YoloConfig[],
  labelPaths: readonly string[],
): Promise<{
  config: YoloConfig | null;
  kept: readonly string[];
  setAside: readonly { path: string; reason: string }[];
}> {
  const groups = new Map<YoloConfig | null, string[]>();
  const byDepth = [...configs].sort((a, b) => b.root.length - a.root.length);
  for (const path of labelPaths) {
    const owner = byDepth.find((config) => config.root === '' || path.startsWith(`${config.root}/`)) ?? null;
    const group = groups.get(owner);
    if (group === undefined) groups.set(owner, [path]);
    else group.push(path);
  }
  if (groups.size <= 1) {
    const [only] = groups;
    return { config: only?.[0] ?? byDepth.at(-1) ?? null, kept: only?.[1] ?? [], setAside: [] };
  }
  const ranked: { config: YoloConfig | null; group: string[]; isBoxes: boolean }[] = [];
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
export function resolvedPaths(config: YoloConfig, value: string): readonly string[] {
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

function splitOfList(config: YoloConfig | null, path: string): Split | null {
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
