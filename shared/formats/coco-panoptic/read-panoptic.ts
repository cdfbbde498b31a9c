import type { DatasetAnnotation, DatasetEvent, DatasetFolder } from '../format';
import { imageIdOf } from '../parts/coco/coco-id';
import { labelsOfScans } from '../parts/coco/coco-labels';
import { ImageEvents, pictureSizes } from '../parts/coco/image-events';
import { qualifyKeys } from '../parts/coco/qualify-keys';
import { ReadNotes } from '../parts/coco/read-notes';
import { reportForeignNames, reportUnlistedImages } from '../parts/coco/report-images';
import { type CocoScan, reportMalformed, scanCocoFile } from '../parts/coco/scan-coco-file';
import { streamElements } from '../parts/json/stream-elements';
import { ProblemQueue } from '../parts/problem-queue';
import { reportUnseen } from '../parts/report-unseen';
import { findPanopticFiles, type PanopticFile } from './find-panoptic-files';
import { SegmentReader } from './segment-reader';

const ANNOTATIONS = new Set(['annotations']);

/** Reads each JSON file twice, as COCO is read, and each PNG when its picture comes. */
export async function* readPanoptic(folder: DatasetFolder): AsyncGenerator<DatasetEvent> {
  const problems = new ProblemQueue();
  const { files } = await findPanopticFiles(folder);
  await reportUnseen(folder, problems);
  if (files.length === 0) {
    problems.error(
      'format-unrecognised',
      '',
      'No COCO panoptic file was found. It is a .json file with "segments_info" beside a folder of PNG files.',
    );
  }
  const scans = new Map<CocoScan, PanopticFile>();
  for (const file of files) scans.set(await scanCocoFile(folder, file, problems), file);
  const labels = labelsOfScans([...scans.keys()], problems);
  for (const label of labels.labels) yield { type: 'label', label };
  qualifyKeys([...scans.keys()], problems);
  yield* problems.drain();

  const sizeOf = pictureSizes(folder);
  for (const [scan, file] of scans) {
    const notes = new ReadNotes();
    reportForeignNames(scan, problems);
    reportUnlistedImages(scan, problems);
    notes.add('provenance-dropped', scan.images.provenances);
    notes.add('image-attribute-dropped', scan.images.droppedAttributes);
    const reader = new SegmentReader(folder, file, labels, problems, notes);
    yield* imagesOf(folder, scan, reader, new ImageEvents(scan, sizeOf), problems);
    notes.report(file.path, problems);
    yield* problems.drain();
  }
  yield* problems.close('');
}

async function* imagesOf(
  folder: DatasetFolder,
  scan: CocoScan,
  reader: SegmentReader,
  images: ImageEvents,
  problems: ProblemQueue,
): AsyncGenerator<DatasetEvent> {
  const { path } = scan.file;
  const found: DatasetAnnotation[] = [];
  let index = 0;
  const stream = streamElements(folder, path, ANNOTATIONS);
  let next = await stream.next();
  for (; !next.done; next = await stream.next()) {
    for (const element of next.value.elements) {
      const at = index++;
      const id = imageIdOf(element);
      if (id === null) {
        const what = element === undefined ? 'is not valid JSON' : 'has no "image_id"';
        problems.error(
          'coco-bad-annotation',
          path,
          `annotations[${at}] of ${path} ${what}; it was left out.`,
        );
        continue;
      }
      const position = images.positionOf(scan.images.slotById.get(id) ?? -1);
      if (position < 0) continue;
      const picture = images.pictureAt(position);
      if (images.isGiven(position)) {
        problems.error(
          'panoptic-duplicate-annotation',
          path,
          `annotations[${at}] of ${path} is a second one of image ${picture.key}; it was left out. A picture has one, with all of its segments.`,
        );
        continue;
      }
      const segments = await reader.read(element, at, picture, found);
      yield* problems.drain();
      // Where nothing of its segments could be read, the picture must not pass for an empty one.
      const state = found.length > 0 ? 'labelled' : segments === 0 ? 'confirmedEmpty' : 'unlabelled';
      yield await images.at(position, state);
      for (const annotation of found) yield { type: 'annotation', annotation };
      found.length = 0;
    }
  }
  if (next.value.fault !== null && scan.isWhole) reportMalformed(path, next.value.fault, problems);
  yield* problems.drain();
  // A picture that is only listed was not looked at: without a PNG nothing is said of its pixels.
  for (let position = images.nextLeft(); position >= 0; position = images.nextLeft()) {
    yield await images.at(position, 'unlabelled');
  }
}
