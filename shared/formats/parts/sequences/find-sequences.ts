import type { Split } from '../../../schema/dataset-version';
import type { DatasetFolder } from '../../format';
import { folderOf, isPicturePath, joinedPath, nameOf, withoutExtension } from '../picture-index';
import type { KnownImage } from '../sidecar/images-file';
import { splitOfFolder } from '../split-name';
import { NO_SEQINFO, parseSeqinfo, type Seqinfo } from './seqinfo';

/** A sequence of a dataset that is laid out as MOTChallenge's: `<folder>/gt/gt.txt`, `<folder>/img1/000001.jpg`. */
export interface Sequence {
  readonly folder: string;
  readonly rowsPath: string;
  readonly isDetections: boolean;
  readonly info: Seqinfo;
  readonly split: Split | null;
  /** What the frames are said to be of. */
  readonly name: string;
  /** Pictures by the number of their frame, from 1. */
  readonly pictures: ReadonlyMap<number, string>;
}

const MAX_INI_BYTES = 64 * 1024;

/** The sequences below a folder, sorted by path; where there are labels by hand, a detector's are not looked at. */
export async function findSequences(folder: DatasetFolder): Promise<readonly Sequence[]> {
  const paths = (await folder.list()).map(({ path }) => path);
  const known = new Set(paths);
  const rowsByFolder = new Map<string, string>();
  for (const [kind, name] of [
    ['gt', 'gt.txt'],
    ['det', 'det.txt'],
  ] as const) {
    for (const path of paths) {
      if (nameOf(path) !== name || nameOf(folderOf(path)) !== kind) continue;
      const sequence = folderOf(folderOf(path));
      if (!rowsByFolder.has(sequence)) rowsByFolder.set(sequence, path);
    }
  }
  const picturesByFolder = new Map<string, string[]>();
  for (const path of paths) {
    if (!isPicturePath(path)) continue;
    const inFolder = picturesByFolder.get(folderOf(path));
    if (inFolder === undefined) picturesByFolder.set(folderOf(path), [path]);
    else inFolder.push(path);
  }
  const sequences: Sequence[] = [];
  for (const [sequence, rowsPath] of rowsByFolder) {
    const iniPath = joinedPath(sequence, 'seqinfo.ini');
    const ini = known.has(iniPath) ? await folder.readText(iniPath, MAX_INI_BYTES) : null;
    const info = ini?.ok === true ? parseSeqinfo(ini.value) : NO_SEQINFO;
    const pictures = new Map<number, string>();
    for (const path of picturesByFolder.get(joinedPath(sequence, info.pictures)) ?? []) {
      const number = numberOfName(path);
      if (number !== null && !pictures.has(number)) pictures.set(number, path);
    }
    sequences.push({
      folder: sequence,
      rowsPath,
      isDetections: nameOf(rowsPath) === 'det.txt',
      info,
      split: splitOfSequence(sequence),
      name: info.name ?? (nameOf(sequence) || 'sequence'),
      pictures,
    });
  }
  return sequences.sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** The frame, from 1, that a picture's name ends with; null for none. */
export function numberOfName(path: string): number | null {
  const digits = /(\d{1,9})$/.exec(nameOf(withoutExtension(path)))?.[1];
  const number = Number(digits ?? '');
  return number >= 1 ? number : null;
}

/** The split by the folders above the sequence's own. */
export function splitOfSequence(sequence: string): Split | null {
  for (const part of folderOf(sequence).split('/').reverse()) {
    const split = splitOfFolder(part);
    if (split !== null) return split;
  }
  return null;
}

/** What our own writer said of the pictures of each sequence, by the sequence's folder and the frame's number from 1. */
export function knownFrames(
  images: ReadonlyMap<string, KnownImage> | null,
  root: string,
): ReadonlyMap<string, ReadonlyMap<number, KnownImage>> {
  const byFolder = new Map<string, Map<number, KnownImage>>();
  for (const [picture, image] of images ?? []) {
    const number = numberOfName(picture);
    if (number === null) continue;
    const sequence = joinedPath(root, folderOf(folderOf(picture)));
    const frames = byFolder.get(sequence) ?? new Map<number, KnownImage>();
    byFolder.set(sequence, frames);
    if (!frames.has(number)) frames.set(number, image);
  }
  return byFolder;
}
