import type { DatasetEvent, DatasetFolder } from '../format';
import type { OptionValues } from '../format-options';
import { NO_OPTIONS } from '../format-options';
import { ProblemQueue } from '../parts/problem-queue';
import { reportUnseen } from '../parts/report-unseen';
import { knownFrames } from '../parts/sequences/find-sequences';
import { framesOfSequence, imageOfFrame, type SequenceFrame } from '../parts/sequences/frames-of-sequence';
import { framesWithRows, type RowReader, type RowScan, scanRows } from '../parts/sequences/rows-of-sequence';
import { readImagesFile } from '../parts/sidecar/images-file';
import { readLabelsFile } from '../parts/sidecar/labels-file';
import { sidecarRoot } from '../parts/sidecar/sidecar-root';
import { findMotDataset, type MotSequence } from './find-mot-dataset';
import { type MotLabels, motLabels } from './mot-labels';
import { firstClassToRead, firstPixelToRead } from './mot-options';
import { type MotDialect, type MotRow, parseMotRow } from './parse-mot-row';

/** Reads each file of rows twice or more: names and frames come first. Memory follows the number of frames. */
export async function* readMot(
  folder: DatasetFolder,
  options: OptionValues = NO_OPTIONS,
): AsyncGenerator<DatasetEvent> {
  for await (const events of eventBatches(folder, options)) for (const event of events) yield event;
}

interface Scanned {
  readonly sequence: MotSequence;
  readonly reader: RowReader<MotRow>;
  readonly scan: RowScan;
}

async function* eventBatches(
  folder: DatasetFolder,
  options: OptionValues,
): AsyncGenerator<readonly DatasetEvent[]> {
  const problems = new ProblemQueue();
  await reportUnseen(folder, problems);
  const { sequences, setAside } = await findMotDataset(folder);
  const root = sidecarRoot((await folder.list()).map(({ path }) => path));
  if (sequences.length === 0 && root === null) {
    problems.error(
      'format-unrecognised',
      '',
      'No MOT sequences were found. A sequence is a folder with gt/gt.txt and its pictures in img1.',
    );
  }
  for (const { path, reason } of setAside) {
    problems.warning('mot-set-aside', path, `${path} was not read: ${reason}.`);
  }
  const images = await readImagesFile(folder, root ?? '', problems);
  const listed = await readLabelsFile(folder, root ?? '', problems);
  const framesOfOurs = knownFrames(images, root ?? '');
  const used = new Set<number>();
  let hasUnnamed = false;
  const scans: Scanned[] = [];
  for (const sequence of sequences) {
    const dialect: MotDialect = {
      hasWorldPlaces: sequence.hasWorldPlaces,
      isDetections: sequence.isDetections,
      firstPixel: firstPixelToRead(options) ?? sequence.info.firstPixel ?? 0,
      firstClass: firstClassToRead(options),
    };
    const reader: RowReader<MotRow> = {
      path: sequence.rowsPath,
      delimiter: ',',
      faultCode: 'mot-bad-row',
      parse: (cells) => parseMotRow(cells, dialect),
    };
    const scan = await scanRows(folder, reader, problems, ({ classIndex }) => {
      if (classIndex === null) hasUnnamed = true;
      else used.add(classIndex);
    });
    scans.push({ sequence, reader, scan });
  }
  const labels = await motLabels(folder, sequences, listed, used, hasUnnamed, problems);
  yield [...problems.drain(), ...labels.labels.map((label): DatasetEvent => ({ type: 'label', label }))];
  const keys = new Set<string>();
  for (const scanned of scans) {
    const { sequence, scan } = scanned;
    const known = framesOfOurs.get(sequence.folder);
    const frames = framesOfSequence(sequence, known, scan.counts.keys(), keys, problems);
    yield* imagesOf(folder, scanned, frames, labels, problems);
  }
  yield problems.close(root ?? '');
}

async function* imagesOf(
  folder: DatasetFolder,
  { sequence, reader, scan }: Scanned,
  frames: readonly SequenceFrame[],
  labels: MotLabels,
  problems: ProblemQueue,
): AsyncGenerator<readonly DatasetEvent[]> {
  for await (const { frame, rows } of framesWithRows(folder, reader, scan, frames)) {
    const state = rows.length > 0 ? 'labelled' : sequence.isDetections ? 'unlabelled' : 'confirmedEmpty';
    const image = await imageOfFrame(folder, sequence, frame, state);
    const annotations = annotationsOf(rows, sequence.rowsPath, frame, labels, problems);
    yield [...problems.drain(), { type: 'image', image }, ...annotations];
  }
}

function annotationsOf(
  rows: readonly MotRow[],
  path: string,
  { key, number }: SequenceFrame,
  labels: MotLabels,
  problems: ProblemQueue,
): readonly DatasetEvent[] {
  const events: DatasetEvent[] = [];
  const tracks = new Set<string>();
  for (const row of rows) {
    const { trackId, shape, attributes, score } = row;
    const classIndex = row.classIndex ?? labels.classOfUnnamed;
    if (classIndex === null) {
      problems.error(
        'mot-bad-class',
        path,
        `An object in frame ${number} of ${path} names no class, and there are several; it was left out.`,
      );
      continue;
    }
    if (trackId !== null && tracks.has(trackId)) {
      problems.warning(
        'mot-duplicate-track',
        path,
        `Track ${trackId} is in frame ${number} of ${path} more than once; each object was kept.`,
      );
    }
    if (trackId !== null) tracks.add(trackId);
    events.push({
      type: 'annotation',
      annotation: {
        imageKey: key,
        classIndex,
        shape,
        isCrowd: false,
        attributes,
        score,
        ...(trackId === null ? {} : { trackId }),
      },
    });
  }
  return events;
}
