import type { Split } from '../../schema/dataset-version';
import type { DatasetFolder } from '../format';
import { folderOf, isPicturePath, joinedPath, nameOf, withoutExtension } from '../parts/picture-index';
import { LABELS_FILE } from '../parts/sidecar/labels-file';
import { splitFromName } from '../parts/split-name';
import { parseKittiLine } from './parse-kitti-line';

/** A picture of a KITTI dataset, or a label file whose picture is not at hand. */
export interface KittiFrame {
  /** The folder above `label_2`, '' for the opened one. */
  readonly root: string;
  /** Path below `image_2` and `label_2`, without extension. */
  readonly id: string;
  /** Path of its picture without extension. */
  readonly stem: string;
  readonly labelPath: string | null;
  readonly picturePath: string | null;
}

export interface KittiDataset {
  /** Sorted by root and id. */
  readonly frames: readonly KittiFrame[];
  /** Lists of ids (`ImageSets/train.txt`), with the split that each stands for. */
  readonly lists: readonly { readonly path: string; readonly base: string; readonly split: Split | null }[];
  /** The folder that all roots are in: where files about the whole dataset lie. */
  readonly base: string;
}

/** Names of the folders of labels and pictures: KITTI's own, and what other tools make of them. */
const FOLDER_PAIRS = [
  { labels: 'label_2', pictures: 'image_2' },
  { labels: 'labels', pictures: 'images' },
  { labels: 'label', pictures: 'image' },
] as const;

const SAMPLED_FILES = 10;

/** Looks for the label files and pictures of a KITTI object dataset; never throws. */
export async function findKittiDataset(folder: DatasetFolder): Promise<KittiDataset | null> {
  const paths = (await folder.list()).map((file) => file.path);
  for (const { labels, pictures } of FOLDER_PAIRS) {
    const labelPaths = paths.filter((path) => /\.txt$/i.test(path) && cut(path, labels) !== null);
    if (labelPaths.length === 0) continue;
    // Folders of a plain name hold labels of many formats; their lines tell.
    if (labels !== 'label_2' && !(await holdsKittiLines(folder, labelPaths))) continue;
    return datasetOf(paths, labelPaths, labels, pictures);
  }
  // A dataset without pictures still has its classes.
  return paths.includes(LABELS_FILE) ? { frames: [], lists: [], base: '' } : null;
}

function datasetOf(
  paths: readonly string[],
  labelPaths: readonly string[],
  labels: string,
  pictures: string,
): KittiDataset {
  const frames = new Map<string, KittiFrame>();
  const roots = new Set<string>();
  for (const labelPath of labelPaths) {
    const place = cut(labelPath, labels);
    if (place === null) continue;
    roots.add(place.root);
    const id = withoutExtension(place.rest);
    const stem = `${joinedPath(place.root, pictures)}/${id}`;
    frames.set(stem, { root: place.root, id, stem, labelPath, picturePath: null });
  }
  const base = commonFolder([...roots]);
  for (const picturePath of paths) {
    const place = isPicturePath(picturePath) ? cut(picturePath, pictures) : null;
    if (place === null || !(roots.has(place.root) || isSisterOf(place.root, roots))) continue;
    const id = withoutExtension(place.rest);
    const stem = withoutExtension(picturePath);
    const known = frames.get(stem) ?? { root: place.root, id, stem, labelPath: null, picturePath: null };
    if (known.picturePath === null) frames.set(stem, { ...known, picturePath });
    // Of two pictures with one id the first in code-unit order has the labels; the other has none.
    else frames.set(picturePath, { ...known, labelPath: null, picturePath });
  }
  const sorted = [...frames.values()].sort((a, b) => byText(a.root, b.root) || byText(a.id, b.id));
  return { frames: sorted, lists: listsIn(paths), base };
}

/** KITTI keeps the pictures to test on, which have no labels, in `testing` beside `training`. */
function isSisterOf(root: string, roots: ReadonlySet<string>): boolean {
  return nameOf(root) === 'testing' && roots.has(joinedPath(folderOf(root), 'training'));
}

function listsIn(paths: readonly string[]): KittiDataset['lists'] {
  return paths.flatMap((path) => {
    const place = /\.txt$/i.test(path) ? cut(path, 'ImageSets') : null;
    return place === null ? [] : [{ path, base: place.root, split: splitFromName(nameOf(path)) }];
  });
}

/** What lies above and below the first folder of a name. */
function cut(path: string, name: string): { readonly root: string; readonly rest: string } | null {
  const marked = `/${path}`;
  const at = marked.indexOf(`/${name}/`);
  if (at < 0) return null;
  return { root: marked.slice(1, Math.max(at, 1)), rest: marked.slice(at + name.length + 2) };
}

function commonFolder(roots: readonly string[]): string {
  const [first = '', ...others] = roots;
  // A lone `training` is a part of its dataset; a lone folder of another name is the dataset.
  let common = /^(?:training|testing)$/.test(nameOf(first)) ? folderOf(first) : first;
  for (const root of others) {
    while (common !== '' && root !== common && !root.startsWith(`${common}/`)) common = folderOf(common);
  }
  return common;
}

async function holdsKittiLines(folder: DatasetFolder, labelPaths: readonly string[]): Promise<boolean> {
  const { good, bad } = await sampledLines(folder, labelPaths);
  return good > bad;
}

/** How many lines in the beginning of some label files are KITTI's; the first that is none, in words. */
export async function sampledLines(
  folder: DatasetFolder,
  labelPaths: readonly string[],
): Promise<{ readonly good: number; readonly bad: number; readonly firstBad: string | null }> {
  let good = 0;
  let bad = 0;
  let firstBad: string | null = null;
  const step = Math.max(1, Math.floor(labelPaths.length / SAMPLED_FILES));
  for (let index = 0; index < labelPaths.length; index += step) {
    const path = labelPaths[index] ?? '';
    const head = (await folder.head(path)).slice(0, 8192);
    // The last line of a long beginning may be cut off.
    const lines = head.split(/\r\n|\n|\r/).slice(0, head.length < 8192 ? undefined : -1);
    for (const line of lines.slice(0, 20)) {
      const text = line.replace(/^\uFEFF/, '').trim();
      if (text === '') continue;
      const parsed = parseKittiLine(text);
      if ('className' in parsed || parsed.code === 'kitti-degenerate-box') good += 1;
      else {
        bad += 1;
        firstBad ??= `${path} has a line that ${parsed.reason}`;
      }
    }
  }
  return { good, bad, firstBad };
}

function byText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
