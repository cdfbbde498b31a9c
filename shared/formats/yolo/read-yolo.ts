import type { Size } from '../../geometry/rect';
import type { DatasetAnnotation, DatasetEvent, DatasetFolder, DatasetLabel } from '../format';
import { PROBED_EXTENSIONS } from '../parts/picture-index';
import { ProblemQueue } from '../parts/problem-queue';
import { reportUnseen } from '../parts/report-unseen';
import { findYoloDataset, type YoloDataset } from './find-yolo-dataset';
import { readSizes } from './image-sizes';
import { type LabelLine, parseLabelLine } from './parse-label-line';
import { entriesOf, type YoloEntry } from './yolo-entries';

/** A million boxes of one picture; beyond this a file is no label file. */
const MAX_LABEL_FILE_BYTES = 64 * 1024 * 1024;

/** Fractions written with six decimals pass 1 by this much through rounding alone; it is cut without a word. */
const ROUNDING = 1e-6;

const NO_ATTRIBUTES = {};

/** Reads one label file at a time; memory follows the number of images, not of boxes. */
export async function* readYolo(folder: DatasetFolder): AsyncGenerator<DatasetEvent> {
  // Inside, events travel by the batch: a step of an async generator costs as much as parsing half a box.
  for await (const events of eventBatches(folder)) for (const event of events) yield event;
}

interface Reading {
  readonly folder: DatasetFolder;
  readonly problems: ProblemQueue;
  readonly classes: ReadonlySet<number>;
  readonly hasKeypoints: boolean;
  readonly sizes: ReadonlyMap<string, Size>;
  polygons: number;
  /** Tried first when a picture must be probed for: a dataset mostly has one kind. */
  extension: string;
}

async function* eventBatches(folder: DatasetFolder): AsyncGenerator<readonly DatasetEvent[]> {
  const problems = new ProblemQueue();
  const dataset = await findYoloDataset(folder);
  await reportUnseen(folder, problems);
  if (dataset.labelPaths.length === 0) {
    problems.error(
      'format-unrecognised',
      '',
      'No YOLO label files were found. They are .txt files beside the pictures or in a "labels" folder.',
    );
  }
  for (const { path, reason } of dataset.setAside) {
    problems.warning('yolo-labels-set-aside', path, `${path} was not read: ${reason}.`);
  }
  for (const { path, line, reason } of dataset.faults) {
    problems.error(
      'yolo-bad-config',
      path,
      `${path}${line === null ? '' : `, line ${line}`}: ${reason}. Class names cannot be taken from it.`,
      line,
    );
  }
  const labels = await labelsOf(folder, dataset, problems);
  yield labels.map((label) => ({ type: 'label', label }));

  const reading: Reading = {
    folder,
    problems,
    classes: new Set(labels.map((label) => label.classIndex)),
    hasKeypoints: dataset.config?.yaml?.hasKeypoints ?? false,
    sizes: await readSizes(folder, dataset.root, problems),
    polygons: 0,
    extension: PROBED_EXTENSIONS[0] ?? 'jpg',
  };
  const entries = await entriesOf(folder, dataset, problems);
  yield problems.drain();
  for (const entry of entries) yield await eventsOf(reading, entry);
  if (reading.polygons > 0) {
    problems.warning(
      'segmentation-dropped',
      dataset.root,
      `${reading.polygons} polygons were not taken; the boxes around them are used.`,
    );
  }
  if (reading.hasKeypoints) {
    problems.warning(
      'keypoints-dropped',
      dataset.config?.path ?? '',
      'The dataset holds keypoints; only their boxes are used.',
    );
  }
  yield problems.close(dataset.root);
}

/** Fillers that our writer puts where a class number was never given; they name nothing. */
const FILLER = /^unused-(\d+)$/;

async function labelsOf(
  folder: DatasetFolder,
  dataset: YoloDataset,
  problems: ProblemQueue,
): Promise<readonly DatasetLabel[]> {
  const labels: DatasetLabel[] = [];
  const names = dataset.config?.names ?? null;
  if (names !== null) {
    for (const [classIndex, given] of [...names].sort(([a], [b]) => a - b)) {
      if (FILLER.exec(given)?.[1] === String(classIndex)) continue;
      const name = given.trim().slice(0, 100).trim();
      if (name === '') {
        problems.warning(
          'yolo-bad-config',
          dataset.config?.path ?? '',
          `Class ${classIndex} in ${dataset.config?.path} has no name; it is called class-${classIndex}.`,
        );
      }
      labels.push({ classIndex, name: name === '' ? `class-${classIndex}` : name, supercategory: null });
    }
    return labels;
  }
  if (dataset.labelPaths.length === 0) return labels;
  const used = new Set<number>();
  for (const path of dataset.labelPaths) {
    const text = await folder.readText(path, MAX_LABEL_FILE_BYTES);
    if (!text.ok) continue;
    for (const line of linesOf(text.value)) {
      const parsed = line.trim() === '' ? null : parseLabelLine(line.trim(), false);
      if (parsed !== null && 'classIndex' in parsed && parsed.classIndex <= 100_000)
        used.add(parsed.classIndex);
    }
  }
  problems.warning(
    'yolo-no-class-names',
    dataset.root,
    'No data.yaml, classes.txt or obj.names was found: classes are called by their numbers. Add the file to name them.',
  );
  for (const classIndex of [...used].sort((a, b) => a - b)) {
    labels.push({ classIndex, name: `class-${classIndex}`, supercategory: null });
  }
  return labels;
}

async function eventsOf(reading: Reading, entry: YoloEntry): Promise<readonly DatasetEvent[]> {
  const { problems, folder } = reading;
  let text = '';
  if (entry.labelPath !== null) {
    const read = await folder.readText(entry.labelPath, MAX_LABEL_FILE_BYTES);
    if (read.ok) text = read.value;
    else problems.error('yolo-unreadable', entry.labelPath, read.error.message);
  }
  const lines = text === '' ? [] : linesOf(text);
  const isEmpty = lines.every((line) => line.trim() === '');
  const { key, size } = await locate(reading, entry);
  const events: DatasetEvent[] = [];
  if (size === null && !isEmpty) {
    problems.error(
      'image-size-unknown',
      entry.labelPath ?? entry.key,
      `The picture of ${entry.labelPath} was not found, so its boxes cannot be placed: YOLO gives fractions of the picture's size. Open the folder that also holds the pictures.`,
    );
  }
  const state = entry.labelPath === null ? 'unlabelled' : isEmpty ? 'confirmedEmpty' : 'labelled';
  const annotations: DatasetEvent[] = [];
  if (size !== null) {
    for (let index = 0; index < lines.length; index += 1) {
      const line = (lines[index] ?? '').trim();
      if (line === '') continue;
      const annotation = annotationFrom(reading, entry.labelPath ?? '', index + 1, line, key, size);
      if (annotation !== null) annotations.push({ type: 'annotation', annotation });
    }
  }
  events.push(...problems.drain(), { type: 'image', image: { key, size, split: entry.split, state } });
  for (const annotation of annotations) events.push(annotation);
  return events;
}

/** Old Macs ended lines with CR alone; a CR before LF is trimmed with the white space. */
function linesOf(text: string): readonly string[] {
  return text.split(text.includes('\r') && !text.includes('\n') ? '\r' : '\n');
}

function annotationFrom(
  reading: Reading,
  path: string,
  lineNumber: number,
  line: string,
  imageKey: string,
  size: Size,
): DatasetAnnotation | null {
  const parsed = parseLabelLine(line, reading.hasKeypoints);
  const { problems } = reading;
  if ('reason' in parsed) {
    problems.error(
      parsed.code,
      path,
      `${path}, line ${lineNumber} ${parsed.reason}; the line was left out.`,
      lineNumber,
    );
    return null;
  }
  if (!reading.classes.has(parsed.classIndex)) {
    problems.error(
      'yolo-class-out-of-range',
      path,
      `${path}, line ${lineNumber} has class ${parsed.classIndex}, which the list of names does not have; the line was left out.`,
      lineNumber,
    );
    return null;
  }
  const left = clampedFraction(parsed.left);
  const top = clampedFraction(parsed.top);
  const right = clampedFraction(parsed.right);
  const bottom = clampedFraction(parsed.bottom);
  if (right <= left || bottom <= top) {
    problems.error(
      'box-outside-image',
      path,
      `${path}, line ${lineNumber} has a box that lies outside the picture; the line was left out.`,
      lineNumber,
    );
    return null;
  }
  if (exceeds(parsed)) {
    problems.warning(
      'box-clipped',
      path,
      `${path}, line ${lineNumber} has a box that leaves the picture; it was cut at the edge.`,
      lineNumber,
    );
  }
  if (parsed.isPolygon) reading.polygons += 1;
  return {
    imageKey,
    classIndex: parsed.classIndex,
    shape: {
      type: 'box',
      x: left * size.width,
      y: top * size.height,
      width: (right - left) * size.width,
      height: (bottom - top) * size.height,
    },
    isCrowd: false,
    attributes: NO_ATTRIBUTES,
    score: parsed.score,
  };
}

function clampedFraction(value: number): number {
  return value < 0 ? 0 : Math.min(value, 1);
}

function exceeds({ left, top, right, bottom }: LabelLine): boolean {
  return left < -ROUNDING || top < -ROUNDING || right > 1 + ROUNDING || bottom > 1 + ROUNDING;
}

/** The picture's size and, where its extension was not known, its key. */
async function locate(reading: Reading, entry: YoloEntry): Promise<{ key: string; size: Size | null }> {
  const noted = reading.sizes.get(entry.key);
  if (noted !== undefined) return { key: entry.key, size: noted };
  if (entry.picturePath !== null) {
    return { key: entry.key, size: await reading.folder.imageSize(entry.picturePath) };
  }
  // The folder cannot list what lies outside it, but may know the size of a picture by its path.
  for (const extension of [reading.extension, ...PROBED_EXTENSIONS]) {
    const size = await reading.folder.imageSize(`${entry.pictureStem}.${extension}`);
    if (size !== null) {
      reading.extension = extension;
      return { key: entry.key.replace(/\.jpg$/, `.${extension}`), size };
    }
  }
  return { key: entry.key, size: null };
}
