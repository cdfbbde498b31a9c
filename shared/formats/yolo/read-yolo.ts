import type { Size } from '../../geometry/rect';
import type { DatasetEvent, DatasetFolder, DatasetLabel } from '../format';
import { NO_OPTIONS, type OptionValues } from '../format-options';
import { PROBED_EXTENSIONS } from '../parts/picture-index';
import { ProblemQueue } from '../parts/problem-queue';
import { reportUnseen } from '../parts/report-unseen';
import { checkClassLists, isFiller } from './check-class-lists';
import { decideTask, sampledLines, type TaskDecision } from './decide-task';
import { findYoloDataset, type YoloDataset } from './find-yolo-dataset';
import { type NotedImages, readSizes } from './image-sizes';
import { jointEdges } from './joint-edges';
import { LabelScanner } from './label-scanner';
import { type LineRules, shapesOfLine } from './shapes-of-line';
import { entriesOf, type YoloEntry } from './yolo-entries';
import { namedTask, READ_TASK } from './yolo-options';

/** A million boxes of one picture; beyond this a file is no label file. */
const MAX_LABEL_FILE_BYTES = 64 * 1024 * 1024;

/** As in the label schema; a number beyond is a mistake. */
const LARGEST_CLASS_INDEX = 100_000;

const NO_ATTRIBUTES = {};

/** Reads one label file at a time; memory follows the number of images, not of boxes. */
export async function* readYolo(
  folder: DatasetFolder,
  options: OptionValues = NO_OPTIONS,
): AsyncGenerator<DatasetEvent> {
  // Inside, events travel by the batch: a step of an async generator costs as much as parsing half a box.
  for await (const events of eventBatches(folder, options)) for (const event of events) yield event;
}

interface Reading {
  /** One for all files: its numbers are a typed array, of which 100,000 would be much memory. */
  readonly line: LabelScanner;
  readonly folder: DatasetFolder;
  readonly problems: ProblemQueue;
  readonly classes: ReadonlySet<number>;
  readonly rules: LineRules;
  readonly noted: NotedImages;
  /** Outlines of which a reader of boxes takes the boxes around them. */
  outlines: number;
  /** Lines of four corners that came unexpected: nothing tells whether they are outlines. */
  fourCorners: number;
  readonly expectsBoxes: boolean;
  largestUnnamedClass: number;
  /** Tried first when a picture must be probed for: a dataset mostly has one kind. */
  extension: string;
}

async function* eventBatches(
  folder: DatasetFolder,
  options: OptionValues,
): AsyncGenerator<readonly DatasetEvent[]> {
  const problems = new ProblemQueue();
  const dataset = await findYoloDataset(folder);
  await reportUnseen(folder, problems);
  reportWhatWasNotRead(dataset, problems);
  const { config } = dataset;
  if (config !== null) await checkClassLists(folder, config, dataset.otherLists, problems);
  const decision = await decideTask(
    folder,
    dataset,
    await sampledLines(folder, dataset.labelPaths),
    namedTask(READ_TASK, options),
  );
  if (decision.question !== null) {
    problems.warning(
      'yolo-task-undecided',
      config?.path ?? dataset.root,
      `${decision.question} They were read as outlines, which keeps every corner; read again with the option "task" to say otherwise.`,
    );
  }
  const labels = await labelsOf(folder, dataset, decision, problems);
  yield labels.map((label) => ({ type: 'label', label }));

  const skeletons = new Map(
    labels.flatMap(({ classIndex, skeleton }) => (skeleton ? [[classIndex, skeleton]] : [])),
  );
  const reading: Reading = {
    line: new LabelScanner(''),
    folder,
    problems,
    classes: new Set(labels.map((label) => label.classIndex)),
    rules: {
      // A dataset whose sampled lines are boxes may still hold outlines, which are kept.
      task: decision.task === 'detect' && !decision.isGiven ? 'segment' : decision.task,
      keypoints: decision.keypoints,
      skeletonOf: (classIndex) => skeletons.get(classIndex) ?? { joints: [], edges: [] },
      hasBoxOutlines: config?.yaml?.hasBoxOutlines ?? false,
    },
    noted: await readSizes(folder, dataset.root, problems),
    outlines: 0,
    fourCorners: 0,
    expectsBoxes: decision.task === 'detect' && !decision.isGiven,
    largestUnnamedClass: -1,
    extension: PROBED_EXTENSIONS[0] ?? 'jpg',
  };
  const entries = await entriesOf(folder, dataset, problems);
  yield problems.drain();
  for (const entry of entries) yield await eventsOf(reading, entry);
  reportAtTheEnd(reading, dataset);
  yield problems.close(dataset.root);
}

function reportWhatWasNotRead(dataset: YoloDataset, problems: ProblemQueue): void {
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
  for (const { line, reason } of dataset.config?.yaml?.passedOver ?? []) {
    const path = dataset.config?.path ?? '';
    problems.warning(
      'yolo-joint-names-passed-over',
      path,
      `${path}, line ${line}: ${reason}. Joints are called by their numbers.`,
      line,
    );
  }
}

function reportAtTheEnd(
  { problems, outlines, fourCorners, rules, largestUnnamedClass }: Reading,
  { config, root }: YoloDataset,
): void {
  if (fourCorners > 0) {
    problems.warning(
      'yolo-task-undecided',
      config?.path ?? root,
      `Among lines of boxes there are ${fourCorners} with four corners, which may be oriented boxes or outlines. They were read as outlines; read again with the option "task" to say otherwise.`,
    );
  }
  if (outlines > 0) {
    problems.warning(
      'segmentation-dropped',
      root,
      `${outlines} outlines were not taken, because the task is detection; the boxes around them are used.`,
    );
  }
  if (rules.task === 'detect' && rules.keypoints !== null) {
    problems.warning(
      'keypoints-dropped',
      config?.path ?? '',
      'The dataset holds keypoints; only their boxes are used, because the task is detection.',
    );
  }
  if (largestUnnamedClass >= 0 && config !== null) {
    problems.error(
      'yolo-class-list-short',
      config.path,
      `Labels use class numbers up to ${largestUnnamedClass}, which ${config.path} does not name. LabelImg shortens classes.txt to what it saw in a session: put the whole list back in its old order, and read again.`,
    );
  }
}

async function labelsOf(
  folder: DatasetFolder,
  dataset: YoloDataset,
  decision: TaskDecision,
  problems: ProblemQueue,
): Promise<readonly DatasetLabel[]> {
  const { config } = dataset;
  if (config === null) {
    return dataset.labelPaths.length === 0 ? [] : await labelsByNumber(folder, dataset, decision, problems);
  }
  const labels: DatasetLabel[] = [];
  for (const [classIndex, given] of [...config.names].sort(([a], [b]) => a - b)) {
    if (isFiller(given, classIndex)) continue;
    const name = given.trim().slice(0, 100).trim();
    if (name === '') {
      problems.warning(
        'yolo-bad-config',
        config.path,
        `Class ${classIndex} in ${config.path} has no name; it is called class-${classIndex}.`,
      );
    }
    labels.push({
      classIndex,
      name: name === '' ? `class-${classIndex}` : name,
      supercategory: null,
      ...skeletonOf(dataset, decision, classIndex),
    });
  }
  return labels;
}

/** The joints of a class: by their names where data.yaml has them, else by their numbers from 1. */
function skeletonOf(
  { config }: YoloDataset,
  { task, keypoints }: TaskDecision,
  classIndex: number,
): Pick<DatasetLabel, 'skeleton'> {
  if (task !== 'pose' || keypoints === null) return {};
  const ofClass = config?.yaml?.jointNames.get(classIndex);
  // Our writer gives a class without joints an empty list.
  if (ofClass?.length === 0) return {};
  const names = ofClass ?? config?.yaml?.jointNames.get(-1) ?? [];
  const count = names.length === 0 ? keypoints.count : Math.min(names.length, keypoints.count);
  const joints = Array.from({ length: count }, (_, at) => {
    const name = (names[at] ?? '').trim().slice(0, 100).trim();
    return name === '' ? `${at + 1}` : name;
  });
  return { skeleton: { joints, edges: jointEdges(config?.yaml?.jointEdges.get(classIndex) ?? [], count) } };
}

/** Without a list of names every number that is used makes a class. */
async function labelsByNumber(
  folder: DatasetFolder,
  dataset: YoloDataset,
  decision: TaskDecision,
  problems: ProblemQueue,
): Promise<readonly DatasetLabel[]> {
  const used = new Set<number>();
  for (const path of dataset.labelPaths) {
    const text = await folder.readText(path, MAX_LABEL_FILE_BYTES);
    const line = new LabelScanner(text.ok ? text.value : '');
    while (line.next()) {
      if (line.fault === null && line.classIndex <= LARGEST_CLASS_INDEX) used.add(line.classIndex);
    }
  }
  problems.warning(
    'yolo-no-class-names',
    dataset.root,
    'No data.yaml, classes.txt or obj.names was found: classes are called by their numbers. Add the file to name them.',
  );
  return [...used]
    .sort((a, b) => a - b)
    .map((classIndex) => ({
      classIndex,
      name: `class-${classIndex}`,
      supercategory: null,
      ...skeletonOf(dataset, decision, classIndex),
    }));
}

async function eventsOf(reading: Reading, entry: YoloEntry): Promise<readonly DatasetEvent[]> {
  const { problems, folder } = reading;
  let text = '';
  if (entry.labelPath !== null) {
    const read = await folder.readText(entry.labelPath, MAX_LABEL_FILE_BYTES);
    if (read.ok) text = read.value;
    else problems.error('yolo-unreadable', entry.labelPath, read.error.message);
  }
  let { key } = entry;
  let size = reading.noted.sizes.get(key) ?? null;
  if (size === null) ({ key, size } = await locate(reading, entry));
  const { line } = reading;
  line.reset(text);
  const annotations: DatasetEvent[] = [];
  let isEmpty = true;
  while (line.next()) {
    isEmpty = false;
    if (size === null) break;
    addAnnotations(reading, entry.labelPath ?? '', line, key, size, annotations);
  }
  if (size === null && !isEmpty) {
    problems.error(
      'image-size-unknown',
      entry.labelPath ?? entry.key,
      `The picture of ${entry.labelPath} was not found, so its boxes cannot be placed: YOLO gives fractions of the picture's size. Open the folder that also holds the pictures.`,
    );
  }
  const state = entry.labelPath === null ? 'unlabelled' : isEmpty ? 'confirmedEmpty' : 'labelled';
  const split = reading.noted.withoutSplit.has(key) ? null : entry.split;
  const image: DatasetEvent = { type: 'image', image: { key, size, split, state } };
  return problems.isEmpty ? [image, ...annotations] : [...problems.drain(), image, ...annotations];
}

function addAnnotations(
  reading: Reading,
  path: string,
  line: LabelScanner,
  imageKey: string,
  size: Size,
  events: DatasetEvent[],
): void {
  const { problems, rules } = reading;
  const { lineNumber, classIndex } = line;
  const found = line.fault ?? shapesOfLine(line, rules, size);
  if ('reason' in found) {
    problems.error(
      found.code,
      path,
      `${path}, line ${lineNumber} ${found.reason}; the line was left out.`,
      lineNumber,
    );
    return;
  }
  if (!reading.classes.has(classIndex)) {
    reading.largestUnnamedClass = Math.max(reading.largestUnnamedClass, classIndex);
    problems.error(
      'yolo-class-out-of-range',
      path,
      `${path}, line ${lineNumber} has class ${classIndex}, which the list of names does not have; the line was left out.`,
      lineNumber,
    );
    return;
  }
  const { shape, box, score, remark } = found;
  if (remark !== null)
    problems.warning(remark.code, path, `${path}, line ${lineNumber} ${remark.reason}.`, lineNumber);
  if (line.count > 5) {
    if (rules.task === 'detect' && rules.keypoints === null) reading.outlines += 1;
    if (reading.expectsBoxes && line.count <= 9 && line.count >= 8) reading.fourCorners += 1;
  }
  const annotation = { imageKey, classIndex, shape, isCrowd: false, attributes: NO_ATTRIBUTES, score };
  if (box === null) {
    events.push({ type: 'annotation', annotation });
    return;
  }
  const groupId = `pose-${lineNumber}`;
  events.push(
    { type: 'annotation', annotation: { ...annotation, shape: box, groupId } },
    { type: 'annotation', annotation: { ...annotation, groupId } },
  );
}

/** The picture's size and, where its extension was not known, its key. */
async function locate(reading: Reading, entry: YoloEntry): Promise<{ key: string; size: Size | null }> {
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
