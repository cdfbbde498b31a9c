import type { Split } from '../../schema/dataset-version';
import type { DatasetEvent, DatasetFolder, DatasetImage } from '../format';
import { keyFromFileName } from '../parts/dataset-key';
import { isRecord, listFrom } from '../parts/json/json-values';
import { createPictureIndex, joinedPath, type PictureIndex } from '../parts/picture-index';
import { ProblemQueue } from '../parts/problem-queue';
import { labelNameFrom } from '../parts/records/label-record';
import { reportUnseen } from '../parts/report-unseen';
import { type PlacedRow, rowsByPosition } from '../parts/rows-by-position';
import { type Frame, framesOf, imageOf, isInVideo } from './bdd100k-frames';
import { Bdd100kLabels } from './bdd100k-labels';
import { type Bdd100kFile, findBdd100kFiles } from './find-bdd100k-files';
import { type LabelNotes, labelCount, parseLabel } from './parse-label';

/** Reads each file twice: classes and pictures come first. Memory follows the number of images. */
export async function* readBdd100k(folder: DatasetFolder): AsyncGenerator<DatasetEvent> {
  for await (const events of eventBatches(folder)) for (const event of events) yield event;
}

interface Scan {
  /** Keys by position. */
  readonly keys: readonly string[];
  /** By the identity of a frame: its video and its name. */
  readonly positions: ReadonlyMap<string, number>;
  readonly weights: readonly number[];
  readonly isGrouped: boolean;
}

async function* eventBatches(folder: DatasetFolder): AsyncGenerator<readonly DatasetEvent[]> {
  const problems = new ProblemQueue();
  await reportUnseen(folder, problems);
  const files = await findBdd100kFiles(folder);
  if (files.length === 0) {
    problems.error(
      'format-unrecognised',
      '',
      'No BDD100K or Scalabel files were found. They are .json files with a list of frames that have "name" and "labels".',
    );
  }
  const classes = new Bdd100kLabels();
  const scan = await scanned(folder, files, classes, problems);
  const { labels, indexByName } = classes.finish();
  yield [...problems.drain(), ...labels.map((label): DatasetEvent => ({ type: 'label', label }))];
  const pictures = createPictureIndex((await folder.list()).map(({ path }) => path));
  yield* imagesOf(folder, files, scan, indexByName, pictures, problems);
  yield problems.close('');
}

function identityOf(frame: Frame): string {
  return JSON.stringify([typeof frame.videoName === 'string' ? frame.videoName : null, frame.name]);
}

async function scanned(
  folder: DatasetFolder,
  files: readonly Bdd100kFile[],
  classes: Bdd100kLabels,
  problems: ProblemQueue,
): Promise<Scan> {
  const frames: { name: string; video: string | null; path: string }[] = [];
  const positions = new Map<string, number>();
  const weights: number[] = [];
  const namesakes = new Map<string, number>();
  let isGrouped = true;
  let last = -1;
  for (const file of files) {
    for await (const run of framesOf(folder, file, problems)) {
      classes.list(run.categories);
      for (const frame of run.frames) {
        for (const label of listFrom(frame.labels)) {
          if (isRecord(label) && typeof label.category === 'string') classes.find(label.category);
        }
        const identity = identityOf(frame);
        let position = positions.get(identity);
        if (position === undefined) {
          position = frames.length;
          positions.set(identity, position);
          const video = typeof frame.videoName === 'string' ? frame.videoName : null;
          frames.push({ name: frame.name, video, path: file.path });
          weights.push(0);
          namesakes.set(frame.name, (namesakes.get(frame.name) ?? 0) + 1);
        } else if (frames[position]?.path === file.path) {
          problems.warning(
            'duplicate-image',
            file.path,
            `${frame.name} is in ${file.path} twice; the labels of both were taken.`,
          );
        }
        weights[position] = (weights[position] ?? 0) + 1 + labelCount(frame);
        if (position < last) isGrouped = false;
        last = position;
      }
    }
  }
  return { keys: keysOf(frames, namesakes, problems), positions, weights, isGrouped };
}

/** Keys are names; pictures of several videos with one name have the video's in front. '' for a frame without a usable one. */
function keysOf(
  frames: readonly { readonly name: string; readonly video: string | null; readonly path: string }[],
  namesakes: ReadonlyMap<string, number>,
  problems: ProblemQueue,
): readonly string[] {
  const taken = new Set<string>();
  return frames.map(({ name, video, path }) => {
    const isShared = (namesakes.get(name) ?? 0) > 1 && video !== null;
    const key = keyFromFileName(isShared ? joinedPath(video, name) : name)?.key ?? '';
    if (key === '' || taken.has(key)) {
      problems.error(
        key === '' ? 'bdd100k-bad-name' : 'duplicate-image',
        path,
        `The frame ${JSON.stringify(name.slice(0, 200))} of ${path} ${key === '' ? 'has no name that a picture may have' : 'has the name of another picture'}; it was left out.`,
      );
      return '';
    }
    taken.add(key);
    return key;
  });
}

interface FrameOfFile {
  readonly frame: Frame;
  readonly path: string;
  readonly split: Split | null;
}

async function* imagesOf(
  folder: DatasetFolder,
  files: readonly Bdd100kFile[],
  { keys, positions, weights, isGrouped }: Scan,
  indexByName: ReadonlyMap<string, number>,
  pictures: PictureIndex,
  problems: ProblemQueue,
): AsyncGenerator<readonly DatasetEvent[]> {
  const replay = async function* (isWanted: (position: number) => boolean) {
    for (const file of files) {
      for await (const { frames } of framesOf(folder, file, null)) {
        const placed: PlacedRow<FrameOfFile>[] = [];
        for (const frame of frames) {
          const position = positions.get(identityOf(frame));
          if (position === undefined || !isWanted(position)) continue;
          placed.push({ position, row: { frame, path: file.path, split: file.split } });
        }
        yield placed;
      }
    }
  };
  const dropped = new Map<string, number>();
  const notes: LabelNotes = {
    curves: 0,
    shortColors: 0,
    graphs: 0,
    dropped: (name) => {
      if (dropped.has(name) || dropped.size < 1000) dropped.set(name, (dropped.get(name) ?? 0) + 1);
    },
  };
  for await (const { position, rows } of rowsByPosition(weights, isGrouped, replay)) {
    const key = keys[position] ?? '';
    if (key === '') continue;
    const annotations: DatasetEvent[] = [];
    for (const row of rows) annotations.push(...annotationsOf(row, key, indexByName, notes, problems));
    const image = await mergedImage(folder, rows, key, annotations.length > 0, pictures, notes);
    yield [...problems.drain(), { type: 'image', image }, ...annotations];
  }
  tellNotes(notes, dropped, problems);
  yield problems.drain();
}

function annotationsOf(
  { frame, path }: FrameOfFile,
  imageKey: string,
  indexByName: ReadonlyMap<string, number>,
  notes: LabelNotes,
  problems: ProblemQueue,
): readonly DatasetEvent[] {
  const events: DatasetEvent[] = [];
  const inVideo = isInVideo(frame);
  listFrom(frame.labels).forEach((label, index) => {
    const parsed = parseLabel(label, inVideo, notes);
    const classIndex = 'reason' in parsed ? undefined : indexByName.get(labelNameFrom(parsed.category) ?? '');
    if ('reason' in parsed || classIndex === undefined) {
      const { code, reason } =
        'reason' in parsed ? parsed : { code: 'bdd100k-no-category', reason: 'has no usable "category"' };
      problems.error(code, path, `labels[${index}] of ${imageKey} in ${path} ${reason}; it was left out.`);
      return;
    }
    for (const annotation of parsed.annotations) {
      events.push({ type: 'annotation', annotation: { imageKey, classIndex, ...annotation } });
    }
  });
  return events;
}

/** What the files say of one picture together: the first that says something counts. */
async function mergedImage(
  folder: DatasetFolder,
  rows: readonly FrameOfFile[],
  key: string,
  hasAnnotations: boolean,
  pictures: PictureIndex,
  notes: LabelNotes,
): Promise<DatasetImage> {
  const images = rows.map(({ frame }) => imageOf(frame, key, notes.dropped));
  const attributes = Object.assign({}, ...images.map((image) => image.attributes ?? {}).reverse());
  const frame = images.find((image) => image.frame !== undefined)?.frame;
  const isListed = rows.some((row) => Array.isArray(row.frame.labels));
  const hasLabels = hasAnnotations || rows.some((row) => labelCount(row.frame) > 0);
  const size = images.find((image) => image.size !== null)?.size ?? null;
  return {
    key,
    size: size ?? (await folder.imageSize(pictures.find(key) ?? key)),
    split: rows.find((row) => row.split !== null)?.split ?? null,
    state: hasLabels ? 'labelled' : isListed ? 'confirmedEmpty' : 'unlabelled',
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
    ...(frame === undefined ? {} : { frame }),
  };
}

function tellNotes(notes: LabelNotes, dropped: ReadonlyMap<string, number>, problems: ProblemQueue): void {
  if (notes.curves > 0) {
    problems.warning(
      'bdd100k-curve-flattened',
      '',
      `${notes.curves} outlines have curves, which were cut into short straight lines.`,
    );
  }
  if (notes.shortColors > 0) {
    problems.warning(
      'bdd100k-colour-words',
      '',
      `${notes.shortColors} lights have the colour words R, G, Y or NA of the newer release; the older says red, green, yellow and none. They were kept as they are.`,
    );
  }
  for (const [name, count] of dropped) {
    problems.warning(
      'attribute-dropped',
      '',
      `"${name.slice(0, 100)}" was not taken ${count} times; only text, numbers and yes or no are.`,
    );
  }
}
