import type { DatasetFolder } from '../format';
import { firstRows } from '../parts/csv/stream-csv';
import { folderOf, isPicturePath, joinedPath, nameOf, withoutExtension } from '../parts/picture-index';
import { pngHeader } from '../parts/png/png-chunks';
import { findSequences, type Sequence, splitOfSequence } from '../parts/sequences/find-sequences';
import { NO_SEQINFO } from '../parts/sequences/seqinfo';
import { MASKS_FILE } from '../parts/sidecar/masks-file';
import { parseMotsRow } from './parse-mots-row';

/** A sequence of masks: as rows of a text file, or as a PNG a frame. */
export interface MotsSequence extends Sequence {
  readonly firstFrame: 0 | 1;
  /** PNG files by the number of their frame, from 1; null for rows. */
  readonly masks: ReadonlyMap<number, string> | null;
  readonly labelsPaths: readonly string[];
}

const SAMPLED_ROWS = 20;
const MASK_FOLDER = 'instances';
const TEXT_FOLDER = 'instances_txt';

/** Where the pictures of masks may be, by what stands in place of `instances`. */
const PICTURE_FOLDERS = ['images', 'image_02', 'training/image_02'];

/** The sequences below a folder, sorted by path; rows before pictures of the same sequences. */
export async function findMotsDataset(folder: DatasetFolder): Promise<readonly MotsSequence[]> {
  const paths = (await folder.list()).map(({ path }) => path);
  const challenge: MotsSequence[] = [];
  // A sequence without objects has an empty file, which those beside it speak for.
  let isMots = paths.some((path) => nameOf(path) === MASKS_FILE);
  for (const sequence of await findSequences(folder)) {
    const rows = sequence.isDetections ? 'others' : await rowsIn(folder, sequence.rowsPath, 1);
    if (rows === 'others') continue;
    if (rows === 'ours') isMots = true;
    const labelsPaths = [
      joinedPath(sequence.folder, 'gt/labels.txt'),
      joinedPath(sequence.folder, 'labels.txt'),
    ];
    challenge.push({ ...sequence, firstFrame: 1, masks: null, labelsPaths });
  }
  if (isMots && challenge.length > 0) return challenge;
  const texts = await textSequences(folder, paths);
  return texts.length > 0 ? texts : maskSequences(folder, paths);
}

/** Whose rows the beginning of a file holds. */
async function rowsIn(
  folder: DatasetFolder,
  path: string,
  firstFrame: 0 | 1,
): Promise<'ours' | 'others' | 'none'> {
  const rows = firstRows(await folder.head(path), ' ', SAMPLED_ROWS);
  const good = rows.filter(({ cells }) => {
    const row = parseMotsRow(cells, firstFrame);
    return !('reason' in row) || row.code === 'mots-empty-mask';
  });
  if (rows.length === 0) return 'none';
  // No other format has rows whose ids and classes agree and whose runs fill a picture; damaged ones may be many.
  return good.length * 4 >= rows.length ? 'ours' : 'others';
}

/** KITTI MOTS: `instances_txt/0000.txt`, frames from 0, pictures in `training/image_02/0000`. */
async function textSequences(
  folder: DatasetFolder,
  paths: readonly string[],
): Promise<readonly MotsSequence[]> {
  const sequences: MotsSequence[] = [];
  for (const path of paths) {
    if (nameOf(folderOf(path)) !== TEXT_FOLDER || !/\.txt$/i.test(path)) continue;
    if ((await rowsIn(folder, path, 0)) === 'others') continue;
    const root = folderOf(folderOf(path));
    const name = nameOf(withoutExtension(path));
    sequences.push({
      ...sequenceOf(root, name, paths, 0),
      rowsPath: path,
      masks: null,
      labelsPaths: [joinedPath(root, `${TEXT_FOLDER}/labels.txt`), joinedPath(root, 'labels.txt')],
    });
  }
  return sequences;
}

/** `instances/[0000/]000000.png` with 16 bits a pixel. Mapillary Vistas has such a folder beside one of `labels`. */
async function maskSequences(
  folder: DatasetFolder,
  paths: readonly string[],
): Promise<readonly MotsSequence[]> {
  const byFolder = new Map<string, string[]>();
  for (const path of paths) {
    if (!/\.png$/i.test(path) || cutAt(path) === null) continue;
    byFolder.set(folderOf(path), [...(byFolder.get(folderOf(path)) ?? []), path]);
  }
  const sequences: MotsSequence[] = [];
  for (const [place, files] of byFolder) {
    const cut = cutAt(files[0] ?? '');
    if (cut === null || paths.some((path) => path.startsWith(`${joinedPath(cut.root, 'labels')}/`))) continue;
    const head = await folder.readRange(files[0] ?? '', 0, 64);
    const header = head.ok ? pngHeader(head.value) : null;
    if (header?.depth !== 16 || header.colorType !== 0) continue;
    const firstFrame = files.some((path) => frameOfName(path, 0) === 1 && frameOfName(path, 1) === null)
      ? 0
      : 1;
    const masks = new Map<number, string>();
    for (const path of files) {
      const number = frameOfName(path, firstFrame);
      if (number !== null && !masks.has(number)) masks.set(number, path);
    }
    const sub = place.slice(joinedPath(cut.root, MASK_FOLDER).length + 1);
    sequences.push({
      ...sequenceOf(cut.root, sub, paths, firstFrame),
      rowsPath: place,
      masks,
      labelsPaths: [joinedPath(cut.root, `${MASK_FOLDER}/labels.txt`), joinedPath(cut.root, 'labels.txt')],
    });
  }
  return sequences.sort((a, b) => (a.rowsPath < b.rowsPath ? -1 : 1));
}

function cutAt(path: string): { readonly root: string } | null {
  const marked = `/${path}`;
  const at = marked.indexOf(`/${MASK_FOLDER}/`);
  return at < 0 ? null : { root: marked.slice(1, Math.max(1, at)) };
}

/** @param sub the sequence's folder below `instances` and its like, '' for none. */
function sequenceOf(
  root: string,
  sub: string,
  paths: readonly string[],
  firstFrame: 0 | 1,
): Omit<MotsSequence, 'rowsPath' | 'masks' | 'labelsPaths'> {
  const places = PICTURE_FOLDERS.map((name) => {
    const place = joinedPath(root, name);
    return sub === '' ? place : `${place}/${sub}`;
  });
  const pictures = new Map<number, string>();
  let found = places[0] ?? '';
  for (const place of places) {
    for (const path of paths) {
      if (folderOf(path) !== place || !isPicturePath(path)) continue;
      const number = frameOfName(path, firstFrame);
      if (number !== null && !pictures.has(number)) pictures.set(number, path);
    }
    if (pictures.size === 0) continue;
    found = place;
    break;
  }
  return {
    folder: '',
    isDetections: false,
    info: { ...NO_SEQINFO, pictures: found },
    split: splitOfSequence(joinedPath(root, 'x')),
    name: sub || nameOf(root) || 'sequence',
    pictures,
    firstFrame,
  };
}

/** The frame, from 1, that a picture's name is the number of; null for none. */
function frameOfName(path: string, firstFrame: 0 | 1): number | null {
  const digits = /(\d{1,9})$/.exec(nameOf(withoutExtension(path)))?.[1];
  if (digits === undefined) return null;
  const number = Number(digits) - firstFrame + 1;
  return number >= 1 ? number : null;
}
