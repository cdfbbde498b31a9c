import type { DatasetEvent, DatasetFolder } from '../format';
import type { OptionValues } from '../format-options';
import { NO_OPTIONS } from '../format-options';
import { streamCsv } from '../parts/csv/stream-csv';
import { ProblemQueue } from '../parts/problem-queue';
import { reportUnseen } from '../parts/report-unseen';
import { type PlacedRow, rowsByPosition } from '../parts/rows-by-position';
import { knownFrames } from '../parts/sequences/find-sequences';
import { framesOfSequence, imageOfFrame, type SequenceFrame } from '../parts/sequences/frames-of-sequence';
import { readImagesFile } from '../parts/sidecar/images-file';
import { readLabelsFile } from '../parts/sidecar/labels-file';
import { sidecarRoot } from '../parts/sidecar/sidecar-root';
import { findMotDataset, type MotSequence } from './find-mot-dataset';
import { type MotLabels, motLabels } from './mot-labels';
import { firstClassToRead, firstPixelToRead } from './mot-options';
import { frameOfRow, type MotDialect, type MotRow, parseMotRow } from './parse-mot-row';

/** Reads each file of rows twice or more: names and frames come first. Memory follows the number of frames. */
export async function* readMot(
  folder: DatasetFolder,
  options: OptionValues = NO_OPTIONS,
): AsyncGenerator<DatasetEvent> {
  for await (const events of eventBatches(folder, options)) for (const event of events) yield event;
}

interface Scan {
  readonly sequence: MotSequence;
  readonly dialect: MotDialect;
  /** Rows by frame. */
  readonly counts: ReadonlyMap<number, number>;
  readonly isGrouped: boolean;
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
  const known = await readLabelsFile(folder, root ?? '', problems);
  const framesOfOurs = knownFrames(images, root ?? '');
  const used = new Set<number>();
  let hasUnnamed = false;
  const scans: Scan[] = [];
  for (const sequence of sequences) {
    const dialect: MotDialect = {
      hasWorldPlaces: sequence.hasWorldPlaces,
      isDetections: sequence.isDetections,
      firstPixel: firstPixelToRead(options) ?? sequence.info.firstPixel ?? 0,
      firstClass: firstClassToRead(options),
    };
    scans.push(
      await scanned(folder, sequence, dialect, problems, ({ classIndex }) => {
        if (classIndex === null) hasUnnamed = true;
        else used.add(classIndex);
      }),
    );
  }
  const labels = await motLabels(folder, sequences, known, used, hasUnnamed, problems);
  yield [...problems.drain(), ...labels.labels.map((label): DatasetEvent => ({ type: 'label', label }))];
  const keys = new Set<string>();
  for (const scan of scans) {
    const { sequence, counts } = scan;
    const frames = framesOfSequence(
      sequence,
      framesOfOurs.get(sequence.folder),
      counts.keys(),
      keys,
      problems,
    );
    yield* framesWithRows(folder, scan, frames, labels, problems);
  }
  yield problems.close(root ?? '');
}

/** Which frames have rows, and whether the rows of a frame stand together. */
async function scanned(
  folder: DatasetFolder,
  sequence: MotSequence,
  dialect: MotDialect,
  problems: ProblemQueue,
  onRow: (row: MotRow) => void,
): Promise<Scan> {
  const { rowsPath } = sequence;
  const counts = new Map<number, number>();
  let isGrouped = true;
  let last = 0;
  for await (const { rows, faults } of streamCsv(folder, rowsPath, ',')) {
    for (const { line, reason } of faults) {
      problems.error('mot-bad-row', rowsPath, `${rowsPath}, line ${line} ${reason}.`, line);
    }
    for (const { line, cells } of rows) {
      const row = parseMotRow(cells, dialect);
      if ('reason' in row) {
        problems.error(
          row.code,
          rowsPath,
          `${rowsPath}, line ${line} ${row.reason}; the row was left out.`,
          line,
        );
        continue;
      }
      onRow(row);
      counts.set(row.frame, (counts.get(row.frame) ?? 0) + 1);
      if (row.frame < last) isGrouped = false;
      last = row.frame;
    }
  }
  return { sequence, dialect, counts, isGrouped };
}

async function* framesWithRows(
  folder: DatasetFolder,
  { sequence, dialect, counts, isGrouped }: Scan,
  frames: readonly SequenceFrame[],
  labels: MotLabels,
  problems: ProblemQueue,
): AsyncGenerator<readonly DatasetEvent[]> {
  const positions = new Map(frames.map(({ number }, position) => [number, position] as const));
  const countByPosition = frames.map(({ number }) => counts.get(number) ?? 0);
  const replay = async function* (isWanted: (position: number) => boolean) {
    for await (const { rows } of streamCsv(folder, sequence.rowsPath, ',')) {
      const placed: PlacedRow<MotRow>[] = [];
      for (const { cells } of rows) {
        const number = frameOfRow(cells);
        const position = typeof number === 'number' ? positions.get(number) : undefined;
        if (position === undefined || !isWanted(position)) continue;
        const row = parseMotRow(cells, dialect);
        if (!('reason' in row)) placed.push({ position, row });
      }
      yield placed;
    }
  };
  let next = 0;
  const empties = async (end: number) => {
    const events: DatasetEvent[] = [];
    for (; next < end; next += 1) {
      const frame = frames[next];
      if (frame === undefined) continue;
      const state = sequence.isDetections ? 'unlabelled' : 'confirmedEmpty';
      events.push({ type: 'image', image: await imageOfFrame(folder, sequence, frame, state) });
    }
    return events;
  };
  for await (const { position, rows } of rowsByPosition(countByPosition, isGrouped, replay)) {
    const frame = frames[position];
    if (frame === undefined) continue;
    const events = await empties(position);
    events.push({ type: 'image', image: await imageOfFrame(folder, sequence, frame, 'labelled') });
    next = position + 1;
    const tracks = new Set<string>();
    for (const row of rows) {
      const { trackId, shape, attributes, score } = row;
      const classIndex = row.classIndex ?? labels.classOfUnnamed;
      if (classIndex === null) {
        problems.error(
          'mot-bad-class',
          sequence.rowsPath,
          `An object in frame ${frame.number} of ${sequence.rowsPath} names no class, and there are several; it was left out.`,
        );
        continue;
      }
      if (trackId !== null && tracks.has(trackId)) {
        problems.warning(
          'mot-duplicate-track',
          sequence.rowsPath,
          `Track ${trackId} is in frame ${frame.number} of ${sequence.rowsPath} more than once; each object was kept.`,
        );
      }
      if (trackId !== null) tracks.add(trackId);
      events.push({
        type: 'annotation',
        annotation: {
          imageKey: frame.key,
          classIndex,
          shape,
          isCrowd: false,
          attributes,
          score,
          ...(trackId === null ? {} : { trackId }),
        },
      });
    }
    yield [...problems.drain(), ...events];
  }
  yield [...problems.drain(), ...(await empties(frames.length))];
}
