import type { DatasetAnnotation, DatasetEvent, DatasetFolder, DatasetImage } from '../format';
import { streamElements } from '../parts/json/stream-elements';
import { createPictureIndex, type PictureIndex } from '../parts/picture-index';
import { ProblemQueue } from '../parts/problem-queue';
import { reportUnseen } from '../parts/report-unseen';
import { type CocoLabels, labelsOfScans } from './coco-labels';
import { findCocoFiles } from './find-coco-files';
import { type Dropped, parseCocoAnnotation } from './parse-coco-annotation';
import { qualifyKeys } from './qualify-keys';
import { type CocoScan, imageIdOf, scanCocoFile } from './scan-coco-file';

const ANNOTATIONS = new Set(['annotations']);

/** Annotations held at once when a file does not keep an image's annotations together: about 60 MB. */
const MAX_HELD_ANNOTATIONS = 200_000;

/**
 * Reads each file twice. The first pass learns categories, images and how many annotations each image has, in any
 * order of keys; the second gives the annotations image by image. Where a file mixes the annotations of its images, the
 * second pass is repeated for ranges of images, so that memory stays flat at the price of time.
 */
export async function* readCoco(folder: DatasetFolder): AsyncGenerator<DatasetEvent> {
  // Inside, events travel by the batch: a step of an async generator costs as much as parsing half a box.
  for await (const events of eventBatches(folder)) for (const event of events) yield event;
}

async function* eventBatches(folder: DatasetFolder): AsyncGenerator<readonly DatasetEvent[]> {
  const problems = new ProblemQueue();
  const { files, setAside } = await findCocoFiles(folder);
  await reportUnseen(folder, problems);
  if (files.length === 0) {
    problems.error(
      'format-unrecognised',
      '',
      'No COCO file with boxes was found. COCO is a .json file with "images", "annotations" and "categories".',
    );
  }
  for (const { path, reason } of setAside) {
    problems.warning('coco-file-set-aside', path, `${path} was not read: ${reason}.`);
  }
  const scans: CocoScan[] = [];
  for (const file of files) scans.push(await scanCocoFile(folder, file, problems));
  const { labels, classIndexById } = labelsOfScans(scans, problems);
  yield labels.map((label) => ({ type: 'label', label }));
  qualifyKeys(scans, problems);
  yield problems.drain();

  let pictures: PictureIndex | null = null;
  for (const scan of scans) {
    const images = new ImageEvents(scan, async (key) => {
      pictures ??= createPictureIndex((await folder.list()).map((file) => file.path));
      const path = pictures.find(key);
      return path === null ? null : folder.imageSize(path);
    });
    reportForeignNames(scan, problems);
    reportUnlistedImages(scan, problems);
    const dropped: Dropped = { segmentations: 0, keypoints: 0, attributes: 0 };
    const pass = { folder, scan, images, classIndexById, problems, dropped };
    yield* scan.isGroupedByImage ? streamedAnnotations(pass) : heldAnnotations(pass);
    yield await images.upTo(scan.images.listed.length);
    reportDropped(scan, dropped, problems);
    yield problems.drain();
  }
  yield problems.close('');
}

interface Pass {
  readonly folder: DatasetFolder;
  readonly scan: CocoScan;
  readonly images: ImageEvents;
  readonly classIndexById: CocoLabels['classIndexById'];
  readonly problems: ProblemQueue;
  readonly dropped: Dropped;
}

/** The image events of one file, in the order of "images"; each is given once. */
class ImageEvents {
  readonly #scan: CocoScan;
  readonly #sizeOf: (key: string) => Promise<DatasetImage['size']>;
  readonly #isGiven: Uint8Array;
  readonly #positionBySlot: Int32Array;
  #cursor = 0;

  constructor(scan: CocoScan, sizeOf: (key: string) => Promise<DatasetImage['size']>) {
    this.#scan = scan;
    this.#sizeOf = sizeOf;
    this.#isGiven = new Uint8Array(scan.images.listed.length);
    this.#positionBySlot = new Int32Array(scan.images.keys.length).fill(-1);
    scan.images.listed.forEach((slot, position) => {
      this.#positionBySlot[slot] = position;
    });
  }

  /** -1 for a slot that "images" does not list. */
  positionOf(slot: number): number {
    return this.#positionBySlot[slot] ?? -1;
  }

  keyAt(position: number): string {
    const { keys, listed } = this.#scan.images;
    return keys[listed[position] ?? -1] ?? '';
  }

  async at(position: number): Promise<DatasetEvent> {
    this.#isGiven[position] = 1;
    const { images, file, isAboutAnnotations } = this.#scan;
    const slot = images.listed[position] ?? -1;
    const width = images.widths[slot] ?? 0;
    const height = images.heights[slot] ?? 0;
    const key = this.keyAt(position);
    const isLabelled = (images.annotationCounts[slot] ?? 0) > 0;
    return {
      type: 'image',
      image: {
        key,
        size: width > 0 && height > 0 ? { width, height } : await this.#sizeOf(key),
        split: file.split,
        state: isLabelled ? 'labelled' : isAboutAnnotations ? 'confirmedEmpty' : 'unlabelled',
      },
    };
  }

  /** Images before `position` that have no annotations and were not given yet. */
  async upTo(position: number): Promise<DatasetEvent[]> {
    const events: DatasetEvent[] = [];
    const { images } = this.#scan;
    for (; this.#cursor < position; this.#cursor += 1) {
      const slot = images.listed[this.#cursor] ?? -1;
      const isEmpty = (images.annotationCounts[slot] ?? 0) === 0;
      if (isEmpty && this.#isGiven[this.#cursor] === 0) events.push(await this.at(this.#cursor));
    }
    return events;
  }
}

async function* streamedAnnotations(pass: Pass): AsyncGenerator<readonly DatasetEvent[]> {
  const { images } = pass;
  let current = -1;
  let index = 0;
  for await (const { elements } of streamElements(pass.folder, pass.scan.file.path, ANNOTATIONS)) {
    const events: DatasetEvent[] = [];
    for (const element of elements) {
      const position = positionOf(pass, element, index);
      index += 1;
      if (position < 0) continue;
      if (position !== current) {
        if (!pass.problems.isEmpty) events.push(...pass.problems.drain());
        for (const event of await images.upTo(position)) events.push(event);
        events.push(await images.at(position));
        current = position;
      }
      const annotation = parsedOrReported(pass, element, images.keyAt(position), index - 1);
      if (annotation !== null) events.push({ type: 'annotation', annotation });
    }
    yield events;
  }
  yield pass.problems.drain();
}

async function* heldAnnotations(pass: Pass): AsyncGenerator<readonly DatasetEvent[]> {
  const { images, scan } = pass;
  const { listed, annotationCounts } = scan.images;
  for (let from = 0, to = 0; from < listed.length; from = to) {
    let held = 0;
    for (to = from; to < listed.length; to += 1) {
      const count = annotationCounts[listed[to] ?? -1] ?? 0;
      if (to > from && held + count > MAX_HELD_ANNOTATIONS) break;
      held += count;
    }
    if (held === 0) continue;
    const byPosition = new Map<number, DatasetAnnotation[]>();
    let index = 0;
    for await (const { elements } of streamElements(pass.folder, scan.file.path, ANNOTATIONS)) {
      for (const element of elements) {
        const position = from === 0 ? positionOf(pass, element, index) : quietPositionOf(pass, element);
        index += 1;
        if (position < from || position >= to) continue;
        const annotation = parsedOrReported(pass, element, images.keyAt(position), index - 1);
        if (annotation === null) continue;
        const known = byPosition.get(position);
        if (known === undefined) byPosition.set(position, [annotation]);
        else known.push(annotation);
      }
    }
    yield pass.problems.drain();
    for (let position = from; position < to; position += 1) {
      if ((annotationCounts[listed[position] ?? -1] ?? 0) === 0) continue;
      const events: DatasetEvent[] = await images.upTo(position);
      events.push(await images.at(position));
      for (const annotation of byPosition.get(position) ?? [])
        events.push({ type: 'annotation', annotation });
      yield events;
    }
  }
}

function quietPositionOf(pass: Pass, element: unknown): number {
  const id = imageIdOf(element);
  return id === null ? -1 : pass.images.positionOf(pass.scan.images.slotById.get(id) ?? -1);
}

function positionOf(pass: Pass, element: unknown, index: number): number {
  if (imageIdOf(element) === null) {
    const { path } = pass.scan.file;
    const what = element === undefined ? 'is not valid JSON' : 'has no "image_id"';
    pass.problems.error(
      'coco-bad-annotation',
      path,
      `annotations[${index}] of ${path} ${what}; it was left out.`,
    );
    return -1;
  }
  return quietPositionOf(pass, element);
}

function parsedOrReported(
  pass: Pass,
  element: unknown,
  key: string,
  index: number,
): DatasetAnnotation | null {
  const parsed = parseCocoAnnotation(element, key, pass.classIndexById, pass.dropped);
  if ('annotation' in parsed) return parsed.annotation;
  const { path } = pass.scan.file;
  pass.problems.error(
    parsed.code,
    path,
    `annotations[${index}] of ${path} (image ${key}) ${parsed.reason}; it was left out.`,
  );
  return null;
}

function reportForeignNames({ images, file }: CocoScan, problems: ProblemQueue): void {
  if (images.foreignNames === 0) return;
  problems.warning(
    'coco-foreign-names',
    file.path,
    `${images.foreignNames} file names in ${file.path} are absolute paths or addresses of another machine; what says where they were was cut off, and pictures are found by the rest.`,
  );
}

function reportUnlistedImages({ images, file }: CocoScan, problems: ProblemQueue): void {
  for (const [id, slot] of images.slotById) {
    if (images.keys[slot] !== null) continue;
    const count = images.annotationCounts[slot] ?? 0;
    if (count === 0) continue;
    problems.error(
      'coco-unknown-image',
      file.path,
      `${count} annotations in ${file.path} belong to image ${id}, which "images" does not list; they were left out.`,
    );
  }
}

function reportDropped({ file }: CocoScan, dropped: Dropped, problems: ProblemQueue): void {
  const notes = [
    ['segmentation-dropped', dropped.segmentations, 'segmentation masks or polygons', 'their boxes are used'],
    ['keypoints-dropped', dropped.keypoints, 'sets of keypoints', 'their boxes are used'],
    ['attribute-dropped', dropped.attributes, 'attribute values', 'only texts, numbers and yes/no are taken'],
  ] as const;
  for (const [code, count, what, instead] of notes) {
    if (count > 0)
      problems.warning(code, file.path, `${count} ${what} in ${file.path} were not taken; ${instead}.`);
  }
}
