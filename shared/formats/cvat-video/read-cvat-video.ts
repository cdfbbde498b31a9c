import type { DatasetAnnotation, DatasetEvent, DatasetFolder, DatasetImage } from '../format';
import { chosen, NO_OPTIONS, type OptionValues } from '../format-options';
import { type CvatLabels, joinedLabels } from '../parts/cvat/cvat-labels';
import { EMPTY_IMAGES } from '../parts/cvat/cvat-options';
import { findCvatFiles, isCvatShell } from '../parts/cvat/find-cvat-files';
import { CVAT_SHAPES } from '../parts/cvat/parse-cvat-shape';
import { DroppedValues, reportBadCharacter, reportFault, reportUndeclared } from '../parts/cvat/report-cvat';
import { folderOf, joinedPath, nameOf } from '../parts/picture-index';
import { ProblemQueue } from '../parts/problem-queue';
import { reportUnseen } from '../parts/report-unseen';
import { streamXml } from '../parts/xml/stream-xml';
import { parseTrackedShape, type TrackHead, trackHead } from './parse-tracked-shape';
import { frameOf, isClosing, surveyVideo, type VideoFile } from './survey-video';
import { framePictures, framesOfTask, type VideoFrame } from './video-frames';

/** Shapes held at once: a file goes by tracks, and what is given goes by frames. About 60 MB. */
const MAX_HELD_ANNOTATIONS = 200_000;

/**
 * Reads each file once to learn its frames and how many shapes each has, then once for each range of frames whose shapes
 * fit in memory: most files need one such pass.
 */
export async function* readCvatVideo(
  folder: DatasetFolder,
  options: OptionValues = NO_OPTIONS,
): AsyncGenerator<DatasetEvent> {
  for await (const events of eventBatches(folder, options)) for (const event of events) yield event;
}

async function* eventBatches(
  folder: DatasetFolder,
  options: OptionValues,
): AsyncGenerator<readonly DatasetEvent[]> {
  const problems = new ProblemQueue();
  const { paths, others } = await findCvatFiles(folder, 'video');
  await reportUnseen(folder, problems);
  if (paths.length === 0) {
    problems.error(
      'format-unrecognised',
      '',
      'No file of CVAT for video was found. It is an .xml file with <annotations> and <track>.',
    );
  }
  for (const path of others) {
    problems.warning(
      'cvat-file-set-aside',
      path,
      `${path} was not read: it lists pictures, which is CVAT for images.`,
    );
  }
  const files: VideoFile[] = [];
  for (const path of paths) files.push(await surveyVideo(folder, path));
  const labels = joinedLabels(
    files.flatMap(({ declared }) => declared),
    new Set(files.flatMap(({ usedLabels }) => [...usedLabels])),
  );
  yield labels.labels.map((label) => ({ type: 'label', label }));
  reportUndeclared(problems, paths[0] ?? '', labels.undeclared);
  const picturePaths = (await folder.list()).map(({ path }) => path);
  const isSeveral =
    files.reduce((sum, { counts, tasks }) => sum + Math.max(counts.size, tasks.length, 1), 0) > 1;
  const isEmptyConfirmed = chosen(EMPTY_IMAGES, options) === 'confirmed-empty';
  const keys = new Set<string>();
  for (const file of files) {
    const placed = placedFrames(file, picturePaths, isSeveral, problems).filter(({ frame }) => {
      if (!keys.has(frame.key)) {
        keys.add(frame.key);
        return true;
      }
      problems.error(
        'cvat-duplicate-image',
        file.path,
        `${file.path} has two frames that are called ${frame.key}; the second was left out with its shapes.`,
      );
      return false;
    });
    if (file.badFrames > 0) {
      problems.error(
        'cvat-bad-frame',
        file.path,
        `${file.badFrames} shapes in ${file.path} name no frame by a whole number from 0; they were left out.`,
      );
    }
    yield problems.drain();
    yield* eventsOfFile({ folder, file, labels, problems, isEmptyConfirmed }, placed);
  }
  yield problems.close('');
}

/** A frame and the task whose tracks name it. */
interface PlacedFrame {
  readonly taskId: string;
  readonly count: number;
  readonly frame: VideoFrame;
}

function placedFrames(
  file: VideoFile,
  picturePaths: readonly string[],
  isSeveral: boolean,
  problems: ProblemQueue,
): readonly PlacedFrame[] {
  if (file.named.length > 0) {
    const counts = file.counts.get('');
    reportUnnamed(file, problems);
    return file.named.map((frame) => ({ taskId: '', count: counts?.get(frame.number) ?? 0, frame }));
  }
  const stem = nameOf(file.path).replace(/\.xml$/i, '');
  const taskIds = new Set([...file.tasks.map(({ id }) => id), ...file.counts.keys()]);
  return [...taskIds].flatMap((taskId) => {
    const task = file.tasks.find(({ id }) => id === taskId) ?? null;
    const counts = file.counts.get(taskId) ?? new Map<number, number>();
    const name = task === null || task.name === '' ? (taskId === '' ? stem : `task-${taskId}`) : task.name;
    const place = joinedPath(folderOf(file.path), safeName(name));
    const { frames, isByOrder } = framesOfTask(
      { task, usedFrames: new Set(counts.keys()) },
      framePictures(picturePaths, file.path, task?.subset ?? ''),
      name,
      isSeveral ? place : '',
      file.path,
    );
    if (isByOrder) {
      problems.warning(
        'cvat-frames-by-order',
        file.path,
        `The pictures of ${file.path} are not called frame_000000 and so on; frames were matched with the ${frames.length} pictures by their order.`,
      );
    }
    return frames.map((frame) => ({ taskId, count: counts.get(frame.number) ?? 0, frame }));
  });
}

function reportUnnamed({ path, named, counts }: VideoFile, problems: ProblemQueue): void {
  const known = new Set(named.map(({ number }) => number));
  let shapes = 0;
  for (const [taskId, ofTask] of counts) {
    for (const [number, count] of ofTask) if (taskId !== '' || !known.has(number)) shapes += count;
  }
  if (shapes === 0) return;
  problems.error(
    'cvat-bad-frame',
    path,
    `${shapes} shapes in ${path} lie in frames that its <frames> do not list; they were left out.`,
  );
}

/** A task's name as a folder. */
function safeName(name: string): string {
  const cleaned = name.replace(/[/\\\0]+/g, '-').slice(0, 200);
  return cleaned === '.' || cleaned === '..' || cleaned === '' ? 'task' : cleaned;
}

interface Pass {
  readonly folder: DatasetFolder;
  readonly file: VideoFile;
  readonly labels: CvatLabels;
  readonly problems: ProblemQueue;
  readonly isEmptyConfirmed: boolean;
}

interface Held {
  readonly annotation: DatasetAnnotation;
  readonly zOrder: number;
}

async function* eventsOfFile(
  pass: Pass,
  placed: readonly PlacedFrame[],
): AsyncGenerator<readonly DatasetEvent[]> {
  const dropped = new DroppedValues();
  for (let from = 0, to = 0; from < placed.length || from === 0; from = to) {
    let held = 0;
    for (to = from; to < placed.length; to += 1) {
      const { count } = placed[to] ?? { count: 0 };
      if (to > from && held + count > MAX_HELD_ANNOTATIONS) break;
      held += count;
    }
    const range = placed.slice(from, to);
    const byFrame = await heldAnnotations(pass, range, dropped, from === 0);
    yield pass.problems.drain();
    for (const { frame, taskId } of range) {
      const ofFrame = byFrame.get(`${taskId}\n${frame.number}`);
      yield await eventsOfFrame(pass, frame, ofFrame);
    }
    if (placed.length === 0) break;
  }
  dropped.report(pass.problems, pass.file.path);
  yield pass.problems.drain();
}

interface OfFrame {
  readonly key: string;
  readonly held: Held[];
  hasFaults: boolean;
}

async function heldAnnotations(
  { folder, file, labels, problems }: Pass,
  range: readonly PlacedFrame[],
  dropped: DroppedValues,
  isFirst: boolean,
): Promise<ReadonlyMap<string, OfFrame>> {
  const byFrame = new Map<string, OfFrame>();
  for (const { frame, taskId } of range) {
    byFrame.set(`${taskId}\n${frame.number}`, { key: frame.key, held: [], hasFaults: false });
  }
  let track: TrackHead | null = null;
  let hasBadCharacter = false;
  try {
    for await (const batch of streamXml(folder, file.path, isCvatShell)) {
      for (const item of batch.items) {
        if (item.type === 'open') track = item.name === 'track' ? trackHead(item, labels) : null;
        else if (item.type === 'close') {
          if (item.name === 'track') track = null;
        } else if (track !== null && CVAT_SHAPES.has(item.element.name) && !isClosing(item.element)) {
          const number = frameOf(item.element);
          const ofFrame = number === null ? undefined : byFrame.get(`${track.taskId}\n${number}`);
          if (ofFrame === undefined) continue;
          const parsed = parseTrackedShape(item.element, track, ofFrame.key, dropped.add);
          if ('annotation' in parsed) {
            ofFrame.held.push(parsed);
            continue;
          }
          ofFrame.hasFaults = true;
          problems.error(
            parsed.code,
            file.path,
            `${file.path}, line ${item.element.line}: a ${item.element.name} of track ${track.shownId} ${parsed.reason}; it was left out.`,
            item.element.line,
          );
        }
      }
      if (!isFirst) continue;
      if (batch.hasBadCharacter && !hasBadCharacter) {
        hasBadCharacter = true;
        reportBadCharacter(problems, file.path);
      }
      if (batch.fault !== null) reportFault(problems, file.path, batch.fault);
    }
  } catch {
    problems.error(
      'cvat-unreadable',
      file.path,
      `${file.path} cannot be read to its end; what came before is kept.`,
    );
  }
  return byFrame;
}

async function eventsOfFrame(
  { folder, isEmptyConfirmed }: Pass,
  { key, size, picturePath, split, frame, isConfirmedEmpty }: VideoFrame,
  ofFrame: OfFrame | undefined,
): Promise<readonly DatasetEvent[]> {
  const held = ofFrame?.held ?? [];
  // Stable: within a layer the order of the file stays.
  held.sort((a, b) => a.zOrder - b.zOrder);
  const isEmpty = held.length === 0 && ofFrame?.hasFaults !== true;
  const state = !isEmpty
    ? 'labelled'
    : isConfirmedEmpty || isEmptyConfirmed
      ? 'confirmedEmpty'
      : 'unlabelled';
  const image: DatasetImage = {
    key,
    size: size ?? (await folder.imageSize(picturePath ?? `images/${key}`)),
    split,
    state,
    ...(frame === null ? {} : { frame }),
  };
  const events: DatasetEvent[] = [{ type: 'image', image }];
  for (const { annotation } of held) events.push({ type: 'annotation', annotation });
  return events;
}
