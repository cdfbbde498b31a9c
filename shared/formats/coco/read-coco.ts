import type { DatasetAnnotation, DatasetEvent, DatasetFolder } from '../format';
import { type CocoLabels, labelsOfScans } from '../parts/coco/coco-labels';
import { findCocoFiles } from '../parts/coco/find-coco-files';
import { ImageEvents, pictureSizes } from '../parts/coco/image-events';
import { qualifyKeys } from '../parts/coco/qualify-keys';
import { ReadNotes } from '../parts/coco/read-notes';
import { reportForeignNames, reportUnlistedImages } from '../parts/coco/report-images';
import { type CocoScan, scanCocoFile } from '../parts/coco/scan-coco-file';
import { ProblemQueue } from '../parts/problem-queue';
import { reportUnseen } from '../parts/report-unseen';
import { type AnnotationPass, AnnotationReader } from './annotation-reader';
import { imagesLeft } from './given-images';
import { heldAnnotations } from './held-annotations';
import { streamedAnnotations } from './streamed-annotations';
import { readTags } from './tags-beside';

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
  const { files, labelFiles, panoptic, setAside } = await findCocoFiles(folder);
  await reportUnseen(folder, problems);
  if (files.length === 0) {
    problems.error(
      'format-unrecognised',
      '',
      'No COCO file with annotations of objects was found. COCO is a .json file with "images", "annotations" and "categories".',
    );
  }
  for (const { path, reason } of setAside) {
    problems.warning('coco-file-set-aside', path, `${path} was not read: ${reason}.`);
  }
  for (const { path } of panoptic) {
    problems.warning(
      'coco-file-set-aside',
      path,
      `${path} was not read: it is COCO panoptic, a format of its own.`,
    );
  }
  const scans: CocoScan[] = [];
  const tagScans = new Map<CocoScan, CocoScan>();
  for (const file of files) {
    const scan = await scanCocoFile(folder, file, problems);
    scans.push(scan);
    const beside = labelFiles.get(file.path);
    if (beside !== undefined) tagScans.set(scan, await scanCocoFile(folder, beside, problems));
  }
  const labels = labelsOfScans([...scans, ...tagScans.values()], problems);
  yield labels.labels.map((label) => ({ type: 'label', label }));

  const tags = new Map<CocoScan, AnnotationPass['tagsBySlot']>();
  for (const [scan, beside] of tagScans) {
    const notes = new ReadNotes();
    const reader = new AnnotationReader(beside, labels, problems, notes);
    tags.set(scan, await readTags(folder, scan, reader));
    reportScan(beside, notes, problems);
    notes.report(beside.file.path, problems);
  }
  qualifyKeys(scans, problems);
  yield problems.drain();

  const sizeOf = pictureSizes(folder);
  for (const scan of scans) {
    yield* annotationsOf(folder, scan, labels, problems, {
      images: new ImageEvents(scan, sizeOf),
      tagsBySlot: tags.get(scan) ?? NO_TAGS,
    });
  }
  yield problems.close('');
}

const NO_TAGS: ReadonlyMap<number, readonly DatasetAnnotation[]> = new Map();

async function* annotationsOf(
  folder: DatasetFolder,
  scan: CocoScan,
  labels: CocoLabels,
  problems: ProblemQueue,
  beside: Pick<AnnotationPass, 'images' | 'tagsBySlot'>,
): AsyncGenerator<readonly DatasetEvent[]> {
  const notes = new ReadNotes();
  reportScan(scan, notes, problems);
  const pass: AnnotationPass = { reader: new AnnotationReader(scan, labels, problems, notes), ...beside };
  yield* scan.isGroupedByImage ? streamedAnnotations(folder, pass) : heldAnnotations(folder, pass);
  const events: DatasetEvent[] = [];
  await imagesLeft(pass, events);
  yield events;
  notes.report(scan.file.path, problems);
  yield problems.drain();
}

function reportScan(scan: CocoScan, notes: ReadNotes, problems: ProblemQueue): void {
  reportForeignNames(scan, problems);
  reportUnlistedImages(scan, problems);
  notes.add('provenance-dropped', scan.images.provenances);
  notes.add('image-attribute-dropped', scan.images.droppedAttributes);
}
