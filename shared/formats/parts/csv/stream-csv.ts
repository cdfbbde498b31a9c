import type { DatasetFolder } from '../../format';
import { type CsvFault, type CsvRow, CsvRows } from './csv-rows';

export interface CsvRun {
  readonly rows: readonly CsvRow[];
  readonly faults: readonly CsvFault[];
}

/** Small enough that the cells of one run are few megabytes. */
const PIECE_CHARS = 256 * 1024;

/** The rows of a delimited file, run by run, the header among them; memory is bounded by one run. Never throws. */
export async function* streamCsv(
  folder: DatasetFolder,
  path: string,
  delimiter: string,
): AsyncGenerator<CsvRun, void> {
  const reader = new CsvRows(delimiter);
  let line = 1;
  try {
    for await (const chunk of folder.streamText(path)) {
      for (let from = 0; from < chunk.length; from += PIECE_CHARS) {
        const rows = reader.push(chunk.length <= PIECE_CHARS ? chunk : chunk.slice(from, from + PIECE_CHARS));
        const faults = reader.takeFaults();
        line = rows.at(-1)?.line ?? line;
        if (rows.length > 0 || faults.length > 0) yield { rows, faults };
      }
      if (reader.isStopped) return;
    }
  } catch (thrown) {
    // `streamText` throws an AppError, which is not an Error but has a message as well.
    const why =
      typeof thrown === 'object' && thrown !== null && 'message' in thrown ? thrown.message : thrown;
    yield { rows: [], faults: [{ line, reason: `cannot be read further: ${String(why)}` }] };
    return;
  }
  yield { rows: reader.end(), faults: reader.takeFaults() };
}

const DELIMITERS = [',', ';', '\t', '|'];

/** The delimiter of a table by its beginning: the one that its first line has most of outside quotes; a comma for none. */
export function delimiterOf(head: string): string {
  const line = /^\uFEFF?((?:"(?:[^"]|"")*"|[^"\r\n])*)/.exec(head.slice(0, 10_000))?.[1] ?? '';
  const bare = line.replace(/"(?:[^"]|"")*"/g, '');
  let best = ',';
  let most = 0;
  for (const delimiter of DELIMITERS) {
    const count = bare.split(delimiter).length - 1;
    if (count > most) {
      best = delimiter;
      most = count;
    }
  }
  return best;
}

/** The first whole rows of a table by its beginning; a last row that may be cut off is not among them. */
export function firstRows(head: string, delimiter: string, count: number): readonly CsvRow[] {
  const reader = new CsvRows(delimiter);
  const rows = [...reader.push(head)];
  // A file that is shorter than what `head` gives is seen whole.
  if (head.length < 32 * 1024) rows.push(...reader.end());
  return rows.slice(0, count);
}
