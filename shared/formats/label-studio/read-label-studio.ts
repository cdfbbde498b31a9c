import type { DatasetEvent, DatasetFolder, DatasetImage, DatasetLabel } from '../format';
import { chosen, NO_OPTIONS, type OptionValues } from '../format-options';
import { ClassNames } from '../parts/class-names';
import { attributesFrom, isRecord, type JsonRecord, recordFrom } from '../parts/json/json-values';
import { createPictureIndex, type PictureIndex } from '../parts/picture-index';
import { ProblemQueue } from '../parts/problem-queue';
import { splitFrom } from '../parts/records/image-record';
import { reportUnseen } from '../parts/report-unseen';
import {
  type ConfigFinder,
  configFinder,
  findLabelStudioFiles,
  type LabelStudioFile,
} from './find-label-studio-files';
import type { LabelConfig } from './label-config';
import { PREDICTIONS_OPTION } from './label-studio-options';
import { regionKindOf } from './parse-region';
import { itemsOfPicture, namesOf, parseResult, sizeOf } from './parse-result';
import { chosenResult, picturesOfTask, type TaskPicture, tasksOf } from './tasks';

/** What this app writes into a task's data beside the picture and its attributes. */
export const OWN_DATA = new Set(['split', 'original_width', 'original_height']);

/** Which task speaks of an image: annotations go before predictions, and these before tasks that nobody has looked at. */
interface Speaker {
  readonly place: number;
  readonly rank: number;
}

interface Scan {
  readonly classes: ClassNames;
  readonly speakers: Map<string, Speaker>;
  /** Names of choices, which are classes where no regions are drawn. */
  readonly choices: Set<string>;
  readonly configs: Set<LabelConfig>;
  hasRegions: boolean;
}

/** More values than this are no classes. */
const MOST_CHOICES = 10_000;

/** Reads each file twice: for the classes and which task speaks of which picture, and task by task. */
export async function* readLabelStudio(
  folder: DatasetFolder,
  options: OptionValues = NO_OPTIONS,
): AsyncGenerator<DatasetEvent> {
  const problems = new ProblemQueue();
  const withPredictions = chosen(PREDICTIONS_OPTION, options) === 'where-alone';
  const { files, nearMisses } = await findLabelStudioFiles(folder);
  await reportUnseen(folder, problems);
  if (files.length === 0) {
    problems.error(
      'format-unrecognised',
      '',
      'No export of Label Studio with pictures was found. Export "JSON" from it; it is a list of tasks with "data" and "annotations".',
    );
  }
  for (const { path, reason } of nearMisses) {
    problems.warning('label-studio-file-set-aside', path, `${path} was not read: ${reason}.`);
  }
  const configs = await configFinder(folder);
  const scan: Scan = {
    classes: new ClassNames(),
    speakers: new Map(),
    choices: new Set(),
    configs: new Set(),
    hasRegions: false,
  };
  let place = 0;
  for (const file of files)
    place = await scanFile({ folder, file, configs, withPredictions, problems, scan, place });
  const areChoicesTags = !scan.hasRegions && ![...scan.configs].some(({ hasRegions }) => hasRegions);
  if (areChoicesTags) for (const name of scan.choices) scan.classes.find(name);
  const numbered = numberedLabels(scan);
  for (const label of numbered.labels) yield { type: 'label', label };
  yield* problems.drain();

  const pictures = createPictureIndex((await folder.list()).map(({ path }) => path));
  let at = 0;
  for (const file of files) {
    const config = await configs.of(file.path);
    for await (const task of tasksOf(folder, file, new ProblemQueue())) {
      const reading = { folder, file, config, problems, scan, pictures, withPredictions, areChoicesTags };
      yield* eventsOfTask(task, at, { ...reading, numberOf: numbered.numberOf });
      yield* problems.drain();
      at += 1;
    }
  }
  yield* problems.close('');
}

/** Classes, gathered by what results call them, with the numbers and all else that their config gives. */
function numberedLabels({ classes, configs }: Scan): {
  readonly labels: readonly DatasetLabel[];
  readonly numberOf: (index: number) => number;
} {
  const known = new Map<string, DatasetLabel>();
  for (const config of configs) {
    for (const [name, label] of config.labels) if (!known.has(name)) known.set(name, label);
  }
  const gathered = classes.labels();
  const [first] = configs;
  if (configs.size !== 1 || first?.areNumbersGiven !== true) {
    const labels = gathered.map((label) => ({
      ...label,
      ...known.get(label.name),
      classIndex: label.classIndex,
    }));
    return { labels, numberOf: (index) => index };
  }
  let next = Math.max(...[...known.values()].map(({ classIndex }) => classIndex)) + 1;
  const labels = gathered.map((label) => {
    const given = known.get(label.name);
    if (given !== undefined) return given;
    next += 1;
    return { ...label, classIndex: next - 1 };
  });
  return { labels, numberOf: (index) => labels[index]?.classIndex ?? index };
}

/** What a class is gathered under. */
function resultName(name: unknown, config: LabelConfig | null): unknown {
  return typeof name === 'string' ? (config?.resultNameOf(name) ?? name) : name;
}

interface FileScan {
  readonly folder: DatasetFolder;
  readonly file: LabelStudioFile;
  readonly configs: ConfigFinder;
  readonly withPredictions: boolean;
  readonly problems: ProblemQueue;
  readonly scan: Scan;
  /** How many tasks came before. */
  readonly place: number;
}

async function scanFile({
  folder,
  file,
  configs,
  withPredictions,
  problems,
  scan,
  place,
}: FileScan): Promise<number> {
  const config = await configs.of(file.path);
  if (config !== null && !scan.configs.has(config)) {
    scan.configs.add(config);
    for (const name of config.labels.keys()) scan.classes.declare(name);
  }
  let at = place;
  for await (const task of tasksOf(folder, file, problems)) {
    const { chosen: result, others, isSkipped } = chosenResult(task, withPredictions);
    for (const item of (result?.items ?? []).filter(isRecord)) scanItem(item, config, scan);
    const { pictures } = picturesOfTask(task, config);
    const [first] = pictures;
    if (first === undefined) {
      problems.error(
        'label-studio-no-picture',
        file.path,
        `Task ${taskName(task, at - place)} of ${file.path} names no picture that is a path or an address; it was left out.`,
      );
    } else if (others > 0) {
      const what = result?.isPrediction === true ? 'predictions' : 'annotations';
      problems.warning(
        'label-studio-further-annotations',
        file.path,
        `${first.key} has ${others} more ${what} in ${file.path}; the ${result?.isPrediction === true ? 'surest' : 'newest'} one was read.`,
      );
    } else if (isSkipped && result === null) {
      problems.warning(
        'label-studio-skipped',
        file.path,
        `${first.key} was skipped in ${file.path}; it was read as not labelled.`,
      );
    }
    const rank = result === null ? 0 : result.isPrediction ? 1 : 2;
    for (const { key } of pictures) addSpeaker(key, { place: at, rank }, file, problems, scan);
    at += 1;
  }
  return at;
}

function taskName({ id }: JsonRecord, at: number): string {
  return typeof id === 'number' || typeof id === 'string'
    ? `with the id ${String(id).slice(0, 100)}`
    : String(at + 1);
}

function scanItem(item: JsonRecord, config: LabelConfig | null, scan: Scan): void {
  const isRegion = regionKindOf(item) !== null;
  if (isRegion) scan.hasRegions = true;
  const isTag = item.from_name === 'tag';
  for (const name of namesOf(item)) {
    const known = resultName(name, config);
    if (isRegion || isTag) scan.classes.find(known);
    else if (typeof known === 'string' && scan.choices.size < MOST_CHOICES) scan.choices.add(known);
  }
}

function addSpeaker(
  key: string,
  speaker: Speaker,
  { path }: LabelStudioFile,
  problems: ProblemQueue,
  { speakers }: Scan,
): void {
  const known = speakers.get(key);
  if (known === undefined) {
    speakers.set(key, speaker);
    return;
  }
  if (known.rank === speaker.rank) {
    problems.error(
      'label-studio-duplicate-image',
      path,
      `${key} is the picture of two tasks; the first was read, the one in ${path} was left out.`,
    );
    return;
  }
  problems.warning(
    'label-studio-task-superseded',
    path,
    `${key} is the picture of two tasks; the one with ${Math.max(known.rank, speaker.rank) === 2 ? 'annotations' : 'predictions'} was read.`,
  );
  if (speaker.rank > known.rank) speakers.set(key, speaker);
}

interface TaskReading {
  readonly folder: DatasetFolder;
  readonly file: LabelStudioFile;
  readonly config: LabelConfig | null;
  readonly problems: ProblemQueue;
  readonly scan: Scan;
  readonly pictures: PictureIndex;
  readonly withPredictions: boolean;
  readonly areChoicesTags: boolean;
  readonly numberOf: (index: number) => number;
}

async function* eventsOfTask(
  task: JsonRecord,
  place: number,
  reading: TaskReading,
): AsyncGenerator<DatasetEvent> {
  const { config, scan, withPredictions } = reading;
  const { pictures, fields } = picturesOfTask(task, config);
  const { chosen: result } = chosenResult(task, withPredictions);
  const given = new Set<string>();
  for (const picture of pictures) {
    // A task may show the same picture twice.
    if (scan.speakers.get(picture.key)?.place !== place || given.has(picture.key)) continue;
    given.add(picture.key);
    const items = itemsOfPicture(result?.items ?? [], picture, config, fields.size === 1);
    yield* eventsOfPicture(task, picture, { items, result, fields }, reading);
  }
}

async function* eventsOfPicture(
  task: JsonRecord,
  { key }: TaskPicture,
  {
    items,
    result,
    fields,
  }: {
    readonly items: readonly JsonRecord[];
    readonly result: ReturnType<typeof chosenResult>['chosen'];
    readonly fields: ReadonlySet<string>;
  },
  { folder, file, config, problems, scan, pictures, areChoicesTags, numberOf }: TaskReading,
): AsyncGenerator<DatasetEvent> {
  const { path } = file;
  const data = recordFrom(task.data);
  let size = sizeOf(data);
  for (const item of items) size ??= sizeOf(item);
  if (size === null) {
    const found = pictures.find(key);
    size = found === null ? null : await folder.imageSize(found);
  }
  const parsed = parseResult(items, {
    ...{ imageKey: key, path, problems, config, areChoicesTags, size },
    score: result?.score ?? null,
    indexOf: (name) => {
      const index = scan.classes.indexOf(resultName(name, config));
      return index === null ? null : numberOf(index);
    },
  });
  const others = Object.entries(data).filter(([name]) => !fields.has(name) && !OWN_DATA.has(name));
  const ofData = attributesFrom(Object.fromEntries(others), (name) =>
    problems.warning(
      'attribute-dropped',
      path,
      `"${name.slice(0, 100)}" in the data of ${key} in ${path} is no text, number, true or false; it was not read.`,
    ),
  );
  const attributes = { ...ofData, ...Object.fromEntries(parsed.imageAttributes) };
  const image: DatasetImage = {
    key,
    size,
    split: splitFrom(data.split),
    state: result === null ? 'unlabelled' : parsed.isLabelled ? 'labelled' : 'confirmedEmpty',
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
  };
  yield { type: 'image', image };
  yield* problems.drain();
  for (const annotation of parsed.annotations) yield { type: 'annotation', annotation };
}
