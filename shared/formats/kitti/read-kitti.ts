import type { Split } from '../../schema/dataset-version';
import type { DatasetEvent, DatasetFolder, DatasetImage, DatasetLabel } from '../format';
import { joinedPath, PROBED_EXTENSIONS, withoutExtension } from '../parts/picture-index';
import { ProblemQueue } from '../parts/problem-queue';
import { reportUnseen } from '../parts/report-unseen';
import { type KnownImage, readImagesFile } from '../parts/sidecar/images-file';
import { readLabelsFile } from '../parts/sidecar/labels-file';
import { findKittiDataset, type KittiDataset, type KittiFrame } from './find-kitti-dataset';
import { kittiSplits } from './kitti-splits';
import { parseKittiLine } from './parse-kitti-line';

/** A million objects in one picture; beyond this a file is no label file. */
const MAX_LABEL_FILE_BYTES = 64 * 1024 * 1024;

/** Reads one label file at a time, each twice: names come before pictures. Memory follows the number of images. */
export async function* readKitti(folder: DatasetFolder): AsyncGenerator<DatasetEvent> {
  for await (const events of eventBatches(folder)) for (const event of events) yield event;
}

interface Entry extends KittiFrame {
  readonly key: string;
  readonly known: KnownImage | null;
}

async function* eventBatches(folder: DatasetFolder): AsyncGenerator<readonly DatasetEvent[]> {
  const problems = new ProblemQueue();
  await reportUnseen(folder, problems);
  const dataset = await findKittiDataset(folder);
  if (dataset === null) {
    problems.error(
      'format-unrecognised',
      '',
      'No KITTI label files were found. They are .txt files in a folder "label_2".',
    );
    yield problems.close('');
    return;
  }
  const images = await readImagesFile(folder, dataset.base, problems);
  const knownOf = knownImages(images, dataset.base);
  const splitOf = await kittiSplits(folder, dataset, (frame) => knownOf(frame) !== null, problems);
  const entries = entriesOf(dataset, knownOf, problems);
  const labels = await labelsOf(folder, dataset, problems);
  yield [...labels.list.map((label): DatasetEvent => ({ type: 'label', label })), ...problems.drain()];
  for (const entry of entries) {
    yield await eventsOf(folder, entry, splitOf(entry), labels.classIndexByName, problems);
  }
  yield problems.close(dataset.base);
}

/** What our own writer said of a picture; its label file does not say which extension it had. */
function knownImages(
  images: ReadonlyMap<string, KnownImage> | null,
  base: string,
): (frame: KittiFrame) => KnownImage | null {
  const byPath = new Map<string, KnownImage>();
  const byStem = new Map<string, KnownImage>();
  for (const [picture, image] of images ?? []) {
    const path = joinedPath(base, picture);
    byPath.set(path, image);
    if (!byStem.has(withoutExtension(path))) byStem.set(withoutExtension(path), image);
  }
  return ({ stem, labelPath, picturePath }) =>
    byPath.get(picturePath ?? '') ?? (labelPath === null ? null : (byStem.get(stem) ?? null));
}

/** Keys are paths below `image_2`; where two roots have the same, the root stands in front. */
function entriesOf(
  { frames }: KittiDataset,
  knownOf: (frame: KittiFrame) => KnownImage | null,
  problems: ProblemQueue,
): readonly Entry[] {
  const plain = (frame: KittiFrame) => {
    const extension = /\.[^./]*$/.exec(frame.picturePath ?? '')?.[0] ?? '.png';
    return `${frame.id}${extension}`;
  };
  const counts = new Map<string, number>();
  for (const frame of frames) counts.set(plain(frame), (counts.get(plain(frame)) ?? 0) + 1);
  const entries = new Map<string, Entry>();
  for (const frame of frames) {
    const known = knownOf(frame);
    const name = plain(frame);
    const key = known?.key ?? ((counts.get(name) ?? 0) > 1 ? joinedPath(frame.root, name) : name);
    if (entries.has(key)) {
      problems.error(
        'duplicate-image',
        frame.labelPath ?? key,
        `${key} is there twice; ${frame.labelPath ?? frame.picturePath} was left out. Rename one of the two.`,
      );
      continue;
    }
    entries.set(key, { ...frame, key, known });
  }
  return [...entries.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

async function labelsOf(folder: DatasetFolder, { frames, base }: KittiDataset, problems: ProblemQueue) {
  const known = await readLabelsFile(folder, base, problems);
  const names = new Set<string>();
  for (const { labelPath } of frames) {
    if (labelPath === null) continue;
    const text = await folder.readText(labelPath, MAX_LABEL_FILE_BYTES);
    if (!text.ok) continue;
    for (const line of linesOf(text.value)) {
      const parsed = line === '' ? null : parseKittiLine(line);
      if (parsed !== null && 'className' in parsed) names.add(parsed.className);
    }
  }
  const list: DatasetLabel[] = [...(known?.labels ?? [])];
  const classIndexByName = new Map<string, number>();
  for (const [name, label] of known?.byWrittenName ?? []) classIndexByName.set(name, label.classIndex);
  let next = Math.max(-1, ...list.map(({ classIndex }) => classIndex)) + 1;
  for (const name of [...names].sort()) {
    if (classIndexByName.has(name)) continue;
    classIndexByName.set(name, next);
    list.push({ classIndex: next, name, supercategory: null });
    next += 1;
  }
  return { list, classIndexByName };
}

async function eventsOf(
  folder: DatasetFolder,
  entry: Entry,
  split: Split | null,
  classIndexByName: ReadonlyMap<string, number>,
  problems: ProblemQueue,
): Promise<readonly DatasetEvent[]> {
  const { key, labelPath, known } = entry;
  let lines: readonly string[] = [];
  if (labelPath !== null) {
    const text = await folder.readText(labelPath, MAX_LABEL_FILE_BYTES);
    if (text.ok) lines = linesOf(text.value);
    else problems.error('kitti-unreadable', labelPath, text.error.message);
  }
  const isEmpty = lines.every((line) => line === '');
  const image: DatasetImage = {
    key,
    size: known?.size ?? (await sizeOf(folder, entry)),
    split,
    state: labelPath === null ? 'unlabelled' : isEmpty ? 'confirmedEmpty' : 'labelled',
    ...(known?.frame == null ? {} : { frame: known.frame }),
  };
  const events: DatasetEvent[] = [];
  lines.forEach((line, index) => {
    if (line === '') return;
    const parsed = parseKittiLine(line);
    const classIndex = 'className' in parsed ? classIndexByName.get(parsed.className) : undefined;
    if (!('className' in parsed) || classIndex === undefined) {
      const { code, reason } =
        'code' in parsed ? parsed : { code: 'kitti-bad-line', reason: 'changed while it was read' };
      problems.error(
        code,
        labelPath ?? '',
        `${labelPath}, line ${index + 1} ${reason}; the line was left out.`,
        index + 1,
      );
      return;
    }
    const { shape, attributes, score } = parsed;
    events.push({
      type: 'annotation',
      annotation: { imageKey: key, classIndex, shape, isCrowd: false, attributes, score },
    });
  });
  return [...problems.drain(), { type: 'image', image }, ...events];
}

async function sizeOf(folder: DatasetFolder, entry: Entry) {
  if (entry.picturePath !== null) return folder.imageSize(entry.picturePath);
  // KITTI's own pictures are PNG; another folder of pictures may hold them under the same path.
  for (const extension of ['png', ...PROBED_EXTENSIONS.filter((known) => known !== 'png')]) {
    const size = await folder.imageSize(`${entry.stem}.${extension}`);
    if (size !== null) return size;
  }
  return null;
}

function linesOf(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim());
}
