import type { Split } from '../../schema/dataset-version';
import type { DatasetFolder } from '../format';
import { parseSlice, TopLevelArrays } from '../parts/json/top-level-arrays';
import { folderOf, nameOf } from '../parts/picture-index';
import { splitFromName } from '../parts/split-name';

/** What the annotations of a COCO file are; `unknown` when its beginning does not tell. */
export type CocoTask = 'boxes' | 'captions' | 'panoptic' | 'labels' | 'imagesOnly' | 'unknown';

export interface CocoFile {
  readonly path: string;
  readonly split: Split | null;
  readonly task: CocoTask;
}

export interface CocoFiles {
  /** The files to read, in code-unit order of their paths. */
  readonly files: readonly CocoFile[];
  /** COCO files that are left aside, each with the reason. */
  readonly setAside: readonly { readonly path: string; readonly reason: string }[];
}

/** A folder with one JSON a picture may hold 100,000 of them; likely names are looked into first. */
const MAX_SNIFFED_FILES = 200;

/** Annotations start within this much of any file with fewer than about 100,000 images. */
const MAX_SNIFFED_CHARS = 24 * 1024 * 1024;

/** A COCO file shows one of its keys within this much; most files of other kinds are told by it. */
const MAX_CHARS_BEFORE_A_KEY = 64 * 1024;

/** Variants of one set of pictures, by how well they hold detection boxes. Keypoint files repeat boxes of people only. */
const VARIANTS = ['instances', 'person_keypoints', 'stuff'] as const;

/** The COCO files below a folder; never throws, a file that cannot be read is none. */
export async function findCocoFiles(folder: DatasetFolder): Promise<CocoFiles> {
  const candidates = (await folder.list())
    .filter((file) => /\.json$/i.test(file.path))
    .map((file) => ({ ...file, likelihood: likelihood(file.path) }))
    .sort((a, b) => b.likelihood - a.likelihood || b.byteSize - a.byteSize || (a.path < b.path ? -1 : 1))
    .slice(0, MAX_SNIFFED_FILES);
  const found: CocoFile[] = [];
  const setAside: { path: string; reason: string }[] = [];
  for (const { path } of candidates) {
    const task = await sniff(folder, path);
    if (task === null) continue;
    if (task === 'boxes' || task === 'unknown' || task === 'imagesOnly') {
      found.push({ path, split: splitFromName(nameOf(path)) ?? splitFromName(nameOf(folderOf(path))), task });
    } else {
      setAside.push({ path, reason: `it holds ${TASK_IN_WORDS[task]} and no boxes` });
    }
  }
  return keptVariants(found, setAside);
}

const TASK_IN_WORDS = {
  captions: 'captions',
  panoptic: 'panoptic segments',
  labels: 'whole-picture labels',
} as const;

function likelihood(path: string): number {
  const name = nameOf(path).toLowerCase();
  let score = 0;
  if (/coco|instances|annotation/.test(name)) score += 2;
  if (/(^|\/)annotations$/i.test(folderOf(path))) score += 1;
  return score;
}

/** One set of pictures is read once: its box file, not the keypoint, stuff or image-info file beside it. */
function keptVariants(found: readonly CocoFile[], setAside: { path: string; reason: string }[]): CocoFiles {
  const hasBoxes = found.some((file) => file.task !== 'imagesOnly');
  const kept: CocoFile[] = [];
  for (const file of found) {
    const better = found.find(
      (other) => other !== file && folderOf(other.path) === folderOf(file.path) && isBetter(other, file),
    );
    if (better !== undefined) {
      setAside.push({ path: file.path, reason: `${better.path} describes the same pictures with boxes` });
    } else if (file.task === 'imagesOnly' && hasBoxes && /image_info/i.test(nameOf(file.path))) {
      setAside.push({ path: file.path, reason: 'it lists pictures and holds no annotations' });
    } else {
      kept.push(file);
    }
  }
  const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);
  return { files: kept.sort(byPath), setAside: setAside.sort(byPath) };
}

function isBetter(a: CocoFile, b: CocoFile): boolean {
  const rankA = variantRank(a);
  const rankB = variantRank(b);
  return rankA !== null && rankB !== null && rankA < rankB && a.split === b.split;
}

/** Null for names that follow no convention: such files stand for themselves. */
function variantRank(file: CocoFile): number | null {
  const name = nameOf(file.path).toLowerCase();
  const index = VARIANTS.findIndex((variant) => name.startsWith(variant));
  if (index >= 0) return index;
  return name.startsWith('image_info') ? VARIANTS.length : null;
}

/** What a JSON file is, told from its beginning; null when it is not COCO. */
async function sniff(folder: DatasetFolder, path: string): Promise<CocoTask | null> {
  let hasImages = false;
  let task: CocoTask = 'unknown';
  let chars = 0;
  const arrays = new TopLevelArrays((name) => name === 'images' || name === 'annotations');
  try {
    for await (const chunk of folder.streamText(path)) {
      for (const { name, text, elements } of arrays.push(chunk)) {
        const first = (elements ?? parseSlice(text)).find(
          (element) => typeof element === 'object' && element !== null,
        );
        if (first === undefined) continue;
        if (name === 'images') {
          if (!('id' in first && 'file_name' in first)) return null;
          hasImages = true;
        } else if (task === 'unknown') task = taskOfAnnotation(first);
      }
      chars += chunk.length;
      if (hasImages && task !== 'unknown') return task;
      if (arrays.fault !== null || chars > MAX_SNIFFED_CHARS) break;
      const isLong = chars > MAX_CHARS_BEFORE_A_KEY;
      if (isLong && !arrays.keys.some((key) => COCO_KEYS.has(key))) break;
    }
  } catch {
    return null;
  }
  const hasAnnotationsKey = arrays.keys.includes('annotations');
  if (hasImages) return task === 'unknown' && arrays.end() === null ? 'imagesOnly' : task;
  if (task !== 'unknown' && task !== 'labels') return task;
  const isEmptyDataset =
    arrays.keys.includes('images') && hasAnnotationsKey && arrays.keys.includes('categories');
  return isEmptyDataset && arrays.end() === null ? 'imagesOnly' : null;
}

const COCO_KEYS = new Set(['info', 'licenses', 'images', 'annotations', 'categories']);

function taskOfAnnotation(annotation: object): CocoTask {
  if ('segments_info' in annotation) return 'panoptic';
  if (!('image_id' in annotation)) return 'unknown';
  if ('bbox' in annotation || 'segmentation' in annotation) return 'boxes';
  return 'caption' in annotation ? 'captions' : 'labels';
}
