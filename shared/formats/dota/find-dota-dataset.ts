import type { Split } from '../../schema/dataset-version';
import type { DatasetFolder } from '../format';
import {
  createPictureIndex,
  folderOf,
  isPicturePath,
  joinedPath,
  nameOf,
  withoutExtension,
} from '../parts/picture-index';
import { LABELS_FILE } from '../parts/sidecar/labels-file';
import { sidecarRoot } from '../parts/sidecar/sidecar-root';
import { splitFromName } from '../parts/split-name';
import { headerFrom, parseDotaLine } from './parse-dota-line';

/** A picture of a DOTA dataset, or a label file whose picture is not at hand. */
export interface DotaEntry {
  /** Path of its picture without extension. */
  readonly stem: string;
  readonly labelPath: string | null;
  readonly picturePath: string | null;
  readonly split: Split | null;
}

export interface DotaDataset {
  /** Where files about the whole dataset lie. */
  readonly root: string;
  readonly labelPaths: readonly string[];
  /** Sorted by the path of the picture. */
  readonly entries: readonly DotaEntry[];
  /** Whether all label files lie in folders that DOTA names so. */
  readonly isNamed: boolean;
}

export interface DotaSample {
  readonly good: number;
  readonly bad: number;
  readonly firstBad: string | null;
}

/** `labelTxt`, `labelTxt-v1.5`, … */
const LABEL_FOLDER = /^labeltxt/i;
const OTHER_TEXTS = /^(?:readme|licen[cs]e|classes|labels|train|val|valid|test|trainval).*\.txt$/i;
const SAMPLED_FILES = 20;
const SAMPLED_LINES = 20;
const HEAD_CHARS = 16 * 1024;

/** Looks for label files in folders "labelTxt", else anywhere by their lines; null when there are none. Never throws. */
export async function findDotaDataset(folder: DatasetFolder): Promise<DotaDataset | null> {
  const paths = (await folder.list()).map(({ path }) => path);
  const texts = paths.filter((path) => /\.txt$/i.test(path));
  const named = texts.filter((path) => labelFolderOf(path) !== null);
  const labelPaths = named.length > 0 ? named : texts.filter((path) => !OTHER_TEXTS.test(nameOf(path)));
  const root = sidecarRoot(paths);
  if (labelPaths.length === 0) {
    // A dataset without pictures still has its classes.
    const isOurs = root !== null && paths.includes(joinedPath(root, LABELS_FILE));
    return isOurs ? { root, labelPaths, entries: [], isNamed: false } : null;
  }
  if (named.length === 0) {
    const { good, bad } = await sampledLines(folder, labelPaths);
    if (good <= bad) return null;
  }
  return {
    root: root ?? '',
    labelPaths,
    entries: entriesFor(paths, labelPaths),
    isNamed: named.length > 0,
  };
}

function labelFolderOf(path: string): string | null {
  return (
    folderOf(path)
      .split('/')
      .find((part) => LABEL_FOLDER.test(part)) ?? null
  );
}

function entriesFor(paths: readonly string[], labelPaths: readonly string[]): readonly DotaEntry[] {
  const pictures = createPictureIndex(paths);
  const entries = new Map<string, DotaEntry>();
  const folders = new Set<string>();
  for (const labelPath of labelPaths) {
    const stem = pictureStemOf(labelPath);
    const picturePath = pictures.find(`${stem}.txt`);
    const found = picturePath ?? stem;
    if (picturePath !== null) folders.add(folderOf(picturePath));
    entries.set(found, { stem, labelPath, picturePath, split: splitOf(labelPath) });
  }
  for (const picturePath of paths) {
    if (!isPicturePath(picturePath) || entries.has(picturePath) || !folders.has(folderOf(picturePath)))
      continue;
    const stem = withoutExtension(picturePath);
    entries.set(picturePath, { stem, labelPath: null, picturePath, split: splitOf(picturePath) });
  }
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

/** `train/labelTxt/P0001.txt` -> `train/images/P0001`; beside the pictures where there is no such folder. */
export function pictureStemOf(labelPath: string): string {
  const parts = withoutExtension(labelPath).split('/');
  const at = parts.findIndex((part, index) => index < parts.length - 1 && LABEL_FOLDER.test(part));
  if (at >= 0) parts[at] = 'images';
  return parts.join('/');
}

/** By the folders above those of labels or pictures: what is below them belongs to the picture's name. */
function splitOf(path: string): Split | null {
  const parts = folderOf(path).split('/');
  const kind = parts.findIndex((part) => LABEL_FOLDER.test(part) || part === 'images');
  for (const part of (kind < 0 ? parts : parts.slice(0, kind + 1)).reverse()) {
    const split = splitFromName(part);
    if (split !== null) return split;
  }
  return null;
}

/** How many lines in the beginning of label files are DOTA's; the first that is none, in words. */
export async function sampledLines(
  folder: DatasetFolder,
  labelPaths: readonly string[],
): Promise<DotaSample> {
  let good = 0;
  let bad = 0;
  let firstBad: string | null = null;
  const step = Math.max(1, Math.floor(labelPaths.length / SAMPLED_FILES));
  for (let index = 0; index < labelPaths.length; index += step) {
    const path = labelPaths[index] ?? '';
    const head = (await folder.head(path)).slice(0, HEAD_CHARS);
    // The last line of a long beginning may be cut off.
    const lines = head.split(/\r\n|\n|\r/).slice(0, head.length < HEAD_CHARS ? undefined : -1);
    for (const line of lines.slice(0, SAMPLED_LINES)) {
      const text = line.replace(/^\uFEFF/, '').trim();
      if (text === '' || headerFrom(text) !== null) continue;
      const parsed = parseDotaLine(text);
      // A class that begins with a number is a line of more numbers, of another format.
      if ('className' in parsed && !/^-?[\d.]+(?: |$)/.test(parsed.className)) good += 1;
      else {
        bad += 1;
        firstBad ??= `${path} has a line that ${'reason' in parsed ? parsed.reason : 'has more than eight numbers before its class'}`;
      }
    }
  }
  return { good, bad, firstBad };
}
