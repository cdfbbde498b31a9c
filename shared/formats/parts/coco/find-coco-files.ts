import type { Split } from '../../../schema/dataset-version';
import type { DatasetFolder } from '../../format';
import { folderOf, nameOf } from '../picture-index';
import { splitFromName } from '../split-name';
import { otherJsonInWords, sniffCoco } from './sniff-coco-file';

/** What the annotations of a COCO file are; `unknown` when its beginning does not tell. */
export type CocoTask = 'objects' | 'captions' | 'panoptic' | 'labels' | 'imagesOnly' | 'unknown';

export interface CocoFile {
  readonly path: string;
  readonly split: Split | null;
  readonly task: CocoTask;
}

export interface CocoFiles {
  /** Files with annotations of objects, or with none, in code-unit order of their paths. */
  readonly files: readonly CocoFile[];
  /** Classes of whole pictures beside one of `files` that lists the same pictures, by the path of that one. */
  readonly labelFiles: ReadonlyMap<string, CocoFile>;
  readonly panoptic: readonly CocoFile[];
  /** Files that are left aside, each with the reason. */
  readonly setAside: readonly { readonly path: string; readonly reason: string }[];
  /** What other JSON files are, where they are near to COCO: for saying why a folder is not. */
  readonly nearMisses: readonly string[];
}

/** A folder with one JSON a picture may hold 100,000 of them; likely names are looked into first. */
const MAX_SNIFFED_FILES = 200;

/** Enough to tell a person what the folder holds instead. */
const MAX_NEAR_MISSES = 3;

/** Variants of one set of pictures, by how well they hold objects. Keypoint files repeat objects of people only. */
const VARIANTS = ['instances', 'person_keypoints', 'stuff'] as const;

/** The COCO files below a folder; never throws, a file that cannot be read is none. */
export async function findCocoFiles(folder: DatasetFolder): Promise<CocoFiles> {
  const candidates = (await folder.list())
    .filter((file) => /\.json$/i.test(file.path))
    .map((file) => ({ ...file, likelihood: likelihood(file.path) }))
    .sort((a, b) => b.likelihood - a.likelihood || b.byteSize - a.byteSize || (a.path < b.path ? -1 : 1))
    .slice(0, MAX_SNIFFED_FILES);
  const found: CocoFile[] = [];
  const panoptic: CocoFile[] = [];
  const setAside: Aside[] = [];
  const nearMisses: string[] = [];
  for (const { path } of candidates) {
    const task = await sniffCoco(folder, path);
    const file = { path, split: splitFromName(nameOf(path)) ?? splitFromName(nameOf(folderOf(path))) };
    if (task === null) {
      if (nearMisses.length < MAX_NEAR_MISSES) {
        const words = otherJsonInWords(await folder.head(path));
        if (words !== null) nearMisses.push(`${path} ${words}`);
      }
    } else if (task === 'panoptic') panoptic.push({ ...file, task });
    else if (task === 'captions') {
      setAside.push({ path, reason: 'it holds captions, which are not taken, and no objects' });
    } else found.push({ ...file, task });
  }
  return { ...keptVariants(found, setAside), panoptic: panoptic.sort(byPath), nearMisses };
}

interface Aside {
  readonly path: string;
  readonly reason: string;
}

function likelihood(path: string): number {
  const name = nameOf(path).toLowerCase();
  let score = 0;
  if (/coco|instances|annotation/.test(name)) score += 2;
  if (/(^|\/)annotations$/i.test(folderOf(path))) score += 1;
  return score;
}

/**
 * One set of pictures is read once: its file of objects, not the keypoint, stuff or image-info file beside it. Classes of
 * whole pictures are read with it.
 */
function keptVariants(
  found: readonly CocoFile[],
  setAside: Aside[],
): Pick<CocoFiles, 'files' | 'labelFiles' | 'setAside'> {
  const hasAnnotations = found.some((file) => file.task !== 'imagesOnly');
  const kept: CocoFile[] = [];
  for (const file of found) {
    const better = found.find(
      (other) => other !== file && isBeside(other, file) && isBetterVariant(other, file),
    );
    if (better !== undefined) {
      setAside.push({ path: file.path, reason: `${better.path} describes the same pictures` });
    } else if (
      file.task === 'imagesOnly' &&
      hasAnnotations &&
      /^(?:image_info|unlabeled)/i.test(nameOf(file.path))
    ) {
      setAside.push({ path: file.path, reason: 'it lists pictures and holds no annotations' });
    } else {
      kept.push(file);
    }
  }
  const labelFiles = new Map<string, CocoFile>();
  const files = kept.filter((file) => {
    if (file.task !== 'labels') return true;
    const owner = kept.find(
      (other) => other.task !== 'labels' && isBeside(other, file) && !labelFiles.has(other.path),
    );
    if (owner !== undefined) labelFiles.set(owner.path, file);
    return owner === undefined;
  });
  return { files: files.sort(byPath), labelFiles, setAside: setAside.sort(byPath) };
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : 1;
}

function isBeside(a: CocoFile, b: CocoFile): boolean {
  return folderOf(a.path) === folderOf(b.path) && a.split === b.split;
}

function isBetterVariant(a: CocoFile, b: CocoFile): boolean {
  const rankA = variantRank(a);
  const rankB = variantRank(b);
  return rankA !== null && rankB !== null && rankA < rankB;
}

/** Null for names that follow no convention: such files stand for themselves. */
function variantRank(file: CocoFile): number | null {
  const name = nameOf(file.path).toLowerCase();
  const index = VARIANTS.findIndex((variant) => name.startsWith(variant));
  if (index >= 0) return index;
  return name.startsWith('image_info') ? VARIANTS.length : null;
}
