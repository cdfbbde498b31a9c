import type { MaskShape } from '../../schema/shapes';
import type { DatasetEvent, DatasetFolder, DatasetImage, DatasetLabel } from '../format';
import { joinedPath, withoutExtension } from '../parts/picture-index';
import { decodePng, valuesOfPng } from '../parts/png/decode-png';
import { masksOfValues } from '../parts/png/mask-values';
import { ProblemQueue } from '../parts/problem-queue';
import { reportUnseen } from '../parts/report-unseen';
import { knownFrames } from '../parts/sequences/find-sequences';
import { framesOfSequence, imageOfFrame, type SequenceFrame } from '../parts/sequences/frames-of-sequence';
import { takeNames } from '../parts/sequences/labels-text';
import { framesWithRows, type RowReader, type RowScan, scanRows } from '../parts/sequences/rows-of-sequence';
import { type KnownImage, readImagesFile } from '../parts/sidecar/images-file';
import { readLabelsFile } from '../parts/sidecar/labels-file';
import { sidecarRoot } from '../parts/sidecar/sidecar-root';
import { findMotsDataset, type MotsSequence } from './find-mots-dataset';
import { type HiddenObject, type HiddenObjects, readHiddenFile } from './hidden-masks';
import { IGNORED_ID, MOTS_CLASSES } from './mots-classes';
import { classOfId, type MotsRow, parseMotsRow } from './parse-mots-row';

/** A mask of 16 bits and 100 megapixels compresses to far less. */
const MAX_MASK_BYTES = 64 * 1024 * 1024;

/** Reads files of rows twice or more and PNG files twice: classes come first. Memory follows the number of frames. */
export async function* readMots(folder: DatasetFolder): AsyncGenerator<DatasetEvent> {
  for await (const events of eventBatches(folder)) for (const event of events) yield event;
}

interface Source {
  readonly sequence: MotsSequence;
  readonly reader: RowReader<MotsRow>;
  /** Null for PNG files. */
  readonly scan: RowScan | null;
}

async function* eventBatches(folder: DatasetFolder): AsyncGenerator<readonly DatasetEvent[]> {
  const problems = new ProblemQueue();
  await reportUnseen(folder, problems);
  const sequences = await findMotsDataset(folder);
  const root = sidecarRoot((await folder.list()).map(({ path }) => path));
  if (sequences.length === 0 && root === null) {
    problems.error(
      'format-unrecognised',
      '',
      'No MOTS sequences were found. A sequence is a gt/gt.txt with a mask a row, or 16 bit PNG files in a folder "instances".',
    );
  }
  const images = await readImagesFile(folder, root ?? '', problems);
  const hidden = await readHiddenFile(folder, root ?? '', problems);
  const used = new Set<number>();
  const sources: Source[] = [];
  for (const sequence of sequences) {
    const reader: RowReader<MotsRow> = {
      path: sequence.rowsPath,
      delimiter: ' ',
      faultCode: 'mots-bad-row',
      parse: (cells) => parseMotsRow(cells, sequence.firstFrame),
    };
    let scan: RowScan | null = null;
    if (sequence.masks === null) {
      scan = await scanRows(folder, reader, problems, ({ classIndex }) => used.add(classIndex));
    } else for (const path of sequence.masks.values()) await addClasses(folder, path, used);
    sources.push({ sequence, reader, scan });
  }
  const labels = await labelsOf(folder, sequences, root ?? '', used, problems);
  yield [...problems.drain(), ...labels.map((label): DatasetEvent => ({ type: 'label', label }))];
  const keys = new Set<string>();
  const byStem = stems(images, root ?? '');
  const byFolder = knownFrames(images, root ?? '');
  for (const source of sources) {
    const { sequence, scan } = source;
    const known = sequence.masks === null ? byFolder.get(sequence.folder) : knownOfMasks(sequence, byStem);
    const numbers = scan?.counts.keys() ?? sequence.masks?.keys() ?? [];
    const frames = framesOfSequence(sequence, known, numbers, keys, problems);
    yield* scan === null
      ? imagesOfMasks(folder, sequence, frames, hidden, problems)
      : imagesOfRows(folder, source, scan, frames, hidden, problems);
  }
  yield problems.close(root ?? '');
}

function stems(
  images: ReadonlyMap<string, KnownImage> | null,
  root: string,
): ReadonlyMap<string, KnownImage> {
  return new Map(
    [...(images ?? [])].map(([picture, image]) => [withoutExtension(joinedPath(root, picture)), image]),
  );
}

/** What our own writer said of the pictures of a sequence of PNG files, by frame; undefined when it said nothing. */
function knownOfMasks(
  { masks, info }: MotsSequence,
  byStem: ReadonlyMap<string, KnownImage>,
): ReadonlyMap<number, KnownImage> | undefined {
  const known = new Map<number, KnownImage>();
  for (const [number, path] of masks ?? []) {
    const image = byStem.get(joinedPath(info.pictures, withoutExtension(path).split('/').at(-1) ?? ''));
    if (image !== undefined) known.set(number, image);
  }
  return known.size === 0 ? undefined : known;
}

async function labelsOf(
  folder: DatasetFolder,
  sequences: readonly MotsSequence[],
  root: string,
  used: ReadonlySet<number>,
  problems: ProblemQueue,
): Promise<readonly DatasetLabel[]> {
  const listed = await readLabelsFile(folder, root, problems);
  const names = new Map<number, string>();
  if (listed === null)
    for (const { labelsPaths } of sequences) await takeNames(folder, labelsPaths, names, problems);
  const labels: DatasetLabel[] = [...(listed?.labels ?? [])];
  const taken = new Set(labels.map(({ classIndex }) => classIndex));
  const isNamed = names.size > 0 || labels.length > 0;
  for (const classIndex of [...used].sort((a, b) => a - b)) {
    if (names.has(classIndex) || taken.has(classIndex)) continue;
    const usual = isNamed ? undefined : MOTS_CLASSES.get(classIndex + 1);
    names.set(classIndex, usual ?? `class-${classIndex + 1}`);
  }
  for (const [classIndex, name] of [...names].sort(([a], [b]) => a - b)) {
    labels.push({ classIndex, name, supercategory: null });
  }
  return labels;
}

async function* imagesOfRows(
  folder: DatasetFolder,
  { sequence, reader }: Source,
  scan: RowScan,
  frames: readonly SequenceFrame[],
  hidden: HiddenObjects,
  problems: ProblemQueue,
): AsyncGenerator<readonly DatasetEvent[]> {
  for await (const { frame, rows } of framesWithRows(folder, reader, scan, frames)) {
    const annotations = annotationsOf(frame.key, rows, hidden);
    const state = annotations.length > 0 ? 'labelled' : 'confirmedEmpty';
    const image = await imageOfFrame(folder, sequence, frame, state);
    const [first] = rows;
    // Each row says the size of its picture, which is what its mask was drawn on.
    const sized: DatasetImage = { ...image, size: frame.known?.size ?? first?.size ?? image.size };
    const ids = new Set<number>();
    for (const { id } of rows) {
      if (ids.has(id) && id !== IGNORED_ID) tellTwice(id, frame, sequence, problems);
      ids.add(id);
    }
    yield [...problems.drain(), { type: 'image', image: sized }, ...annotations];
  }
}

function tellTwice(
  id: number,
  { number }: SequenceFrame,
  { rowsPath }: MotsSequence,
  problems: ProblemQueue,
): void {
  problems.warning(
    'mots-duplicate-id',
    rowsPath,
    `The id ${id} is in frame ${number} of ${rowsPath} more than once; each mask was kept.`,
  );
}

/** The objects of a frame; those that our own writer listed are as they were, and the others as they are seen. */
function annotationsOf(
  imageKey: string,
  seen: readonly Pick<MotsRow, 'id' | 'classIndex' | 'trackId' | 'shape'>[],
  hidden: HiddenObjects,
): readonly DatasetEvent[] {
  const listed = hidden.get(imageKey);
  const events: DatasetEvent[] = [];
  const add = (
    shape: MaskShape,
    classIndex: number,
    trackId: string | null,
    object: HiddenObject | undefined,
  ) =>
    events.push({
      type: 'annotation',
      annotation: {
        imageKey,
        classIndex,
        shape,
        isCrowd: false,
        attributes: {},
        score: null,
        ...(trackId === null ? {} : { trackId }),
        ...(object?.isKeyframe === false ? { isKeyframe: false } : {}),
        ...(object?.isOutside === true ? { isOutside: true } : {}),
      },
    });
  const ids = new Set<number>();
  for (const { id, classIndex, trackId, shape } of seen) {
    ids.add(id);
    const object = listed?.get(id);
    add(object?.shape ?? shape, classIndex, object === undefined ? trackId : object.trackId, object);
  }
  for (const [id, object] of listed ?? []) {
    if (!ids.has(id) && object.shape !== null) add(object.shape, object.classIndex, object.trackId, object);
  }
  return events;
}

async function* imagesOfMasks(
  folder: DatasetFolder,
  sequence: MotsSequence,
  frames: readonly SequenceFrame[],
  hidden: HiddenObjects,
  problems: ProblemQueue,
): AsyncGenerator<readonly DatasetEvent[]> {
  for (const frame of frames) {
    const path = sequence.masks?.get(frame.number);
    if (path === undefined) {
      const image = await imageOfFrame(folder, sequence, frame, 'unlabelled');
      yield [...problems.drain(), { type: 'image', image }];
      continue;
    }
    const read = await valuesOf(folder, path);
    const masks = read.ok ? masksOfValues(read.values, read.size, (value) => value !== 0) : null;
    if (masks === null) {
      const reason = read.ok ? 'it has more values than objects can be' : read.reason;
      problems.error('mots-bad-mask', path, `${path} cannot be read as masks: ${reason}.`);
    }
    const objects: Pick<MotsRow, 'id' | 'classIndex' | 'trackId' | 'shape'>[] = [];
    for (const [value, shape] of masks ?? []) {
      const known = classOfId(value);
      if (known === null) {
        problems.error(
          'mots-bad-id',
          path,
          `${path} has pixels of the value ${value}, and an id is 1000 or more; they were left out.`,
        );
      } else objects.push({ id: value, ...known, shape });
    }
    const annotations = annotationsOf(frame.key, objects, hidden);
    const isEmpty = masks?.size === 0 && annotations.length === 0;
    const image = await imageOfFrame(folder, sequence, frame, isEmpty ? 'confirmedEmpty' : 'labelled');
    const size = frame.known?.size ?? (read.ok ? read.size : image.size);
    yield [...problems.drain(), { type: 'image', image: { ...image, size } }, ...annotations];
  }
}

type ReadValues =
  | {
      readonly ok: true;
      readonly values: ReturnType<typeof valuesOfPng>;
      readonly size: { readonly width: number; readonly height: number };
    }
  | { readonly ok: false; readonly reason: string };

async function valuesOf(folder: DatasetFolder, path: string): Promise<ReadValues> {
  const bytes = await folder.readBytes(path, MAX_MASK_BYTES);
  const png = bytes.ok ? decodePng(bytes.value, path) : bytes;
  if (!png.ok) return { ok: false, reason: png.error.message };
  const { width, height } = png.value;
  return { ok: true, values: valuesOfPng(png.value), size: { width, height } };
}

/** What is wrong with the file is told when its masks are read. */
async function addClasses(folder: DatasetFolder, path: string, used: Set<number>): Promise<void> {
  const read = await valuesOf(folder, path);
  if (!read.ok) return;
  let last = -1;
  for (const value of read.values) {
    if (value === last) continue;
    last = value;
    const classIndex = classOfId(value)?.classIndex;
    if (classIndex !== undefined) used.add(classIndex);
  }
}
