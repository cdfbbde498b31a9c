import type { DatasetFolder } from '../../format';
import { streamCsv } from '../csv/stream-csv';
import type { ProblemQueue } from '../problem-queue';
import { type PlacedRow, rowsByPosition } from '../rows-by-position';
import type { SequenceFrame } from './frames-of-sequence';

/** A row about one object in one frame. */
export interface SequenceRow {
  /** Counted from 1. */
  readonly frame: number;
}

export interface RowFault {
  readonly code: string;
  /** For a person, to follow "line 3". */
  readonly reason: string;
}

/** How the rows of a sequence's file are read. */
export interface RowReader<Row extends SequenceRow> {
  readonly path: string;
  readonly delimiter: string;
  /** The code under which damaged lines are told. */
  readonly faultCode: string;
  parse(cells: readonly string[]): Row | RowFault;
}

export interface RowScan {
  /** Rows by frame. */
  readonly counts: ReadonlyMap<number, number>;
  /** Whether rows come by ascending frame. */
  readonly isGrouped: boolean;
}

/** Which frames have rows; what is wrong with rows is told here, once. */
export async function scanRows<Row extends SequenceRow>(
  folder: DatasetFolder,
  { path, delimiter, faultCode, parse }: RowReader<Row>,
  problems: ProblemQueue,
  onRow: (row: Row) => void,
): Promise<RowScan> {
  const counts = new Map<number, number>();
  let isGrouped = true;
  let last = 0;
  for await (const { rows, faults } of streamCsv(folder, path, delimiter)) {
    for (const { line, reason } of faults) {
      problems.error(faultCode, path, `${path}, line ${line} ${reason}.`, line);
    }
    for (const { line, cells } of rows) {
      const row = parse(cells);
      if ('reason' in row) {
        problems.error(row.code, path, `${path}, line ${line} ${row.reason}; the row was left out.`, line);
        continue;
      }
      onRow(row);
      counts.set(row.frame, (counts.get(row.frame) ?? 0) + 1);
      if (row.frame < last) isGrouped = false;
      last = row.frame;
    }
  }
  return { counts, isGrouped };
}

/** Each frame of a sequence in order with its rows, which may be none. */
export async function* framesWithRows<Row extends SequenceRow>(
  folder: DatasetFolder,
  reader: RowReader<Row>,
  { counts, isGrouped }: RowScan,
  frames: readonly SequenceFrame[],
): AsyncGenerator<{ readonly frame: SequenceFrame; readonly rows: readonly Row[] }> {
  const positions = new Map(frames.map(({ number }, position) => [number, position] as const));
  const countByPosition = frames.map(({ number }) => counts.get(number) ?? 0);
  const replay = async function* (isWanted: (position: number) => boolean) {
    for await (const { rows } of streamCsv(folder, reader.path, reader.delimiter)) {
      const placed: PlacedRow<Row>[] = [];
      for (const { cells } of rows) {
        const row = reader.parse(cells);
        const position = 'reason' in row ? undefined : positions.get(row.frame);
        if (position === undefined || 'reason' in row || !isWanted(position)) continue;
        placed.push({ position, row });
      }
      yield placed;
    }
  };
  let next = 0;
  for await (const { position, rows } of rowsByPosition(countByPosition, isGrouped, replay)) {
    for (const frame of frames.slice(next, position)) yield { frame, rows: [] };
    const frame = frames[position];
    if (frame !== undefined) yield { frame, rows };
    next = position + 1;
  }
  for (const frame of frames.slice(next)) yield { frame, rows: [] };
}
