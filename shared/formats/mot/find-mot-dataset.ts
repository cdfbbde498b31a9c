import type { DatasetFolder } from '../format';
import { firstRows } from '../parts/csv/stream-csv';
import { nameOf } from '../parts/picture-index';
import { findSequences, type Sequence } from '../parts/sequences/find-sequences';
import { MASKS_FILE } from '../parts/sidecar/masks-file';
import { frameOfRow, hasWorldPlaces } from './parse-mot-row';

/** A sequence whose rows are MOT's, and what their beginning tells of their columns. */
export interface MotSequence extends Sequence {
  readonly hasWorldPlaces: boolean;
  /** A row in the beginning names class 0. */
  readonly hasClassZero: boolean;
  /** Rows in the beginning that are MOT's. */
  readonly goodRows: number;
}

export interface MotDataset {
  readonly sequences: readonly MotSequence[];
  readonly setAside: readonly { readonly path: string; readonly reason: string }[];
}

const SAMPLED_ROWS = 50;

/** The sequences of a folder whose rows are MOT's; MOTS has files of the same name, with blanks between its columns. */
export async function findMotDataset(folder: DatasetFolder): Promise<MotDataset> {
  const sequences: MotSequence[] = [];
  const setAside: { path: string; reason: string }[] = [];
  const isOfMasks = (await folder.list()).some(({ path }) => nameOf(path) === MASKS_FILE);
  for (const sequence of await findSequences(folder)) {
    const head = await folder.head(sequence.rowsPath);
    const rows = firstRows(head, ',', SAMPLED_ROWS).map(({ cells }) => cells);
    const good = rows.filter((cells) => typeof frameOfRow(cells) === 'number');
    const isMots = /^\d+ \d+ \d+ \d+ \d+ \S+\s*$/m.test(head) || isOfMasks;
    if (isMots || (rows.length > 0 && good.length * 2 < rows.length)) {
      setAside.push({
        path: sequence.rowsPath,
        reason: isMots ? 'its rows are those of MOTS, which holds masks' : 'its rows are not MOT’s',
      });
      continue;
    }
    sequences.push({
      ...sequence,
      hasWorldPlaces: hasWorldPlaces(good),
      hasClassZero: good.some(
        (cells) => cells.length >= 8 && Number(cells[7]) === 0 && cells[7]?.trim() !== '',
      ),
      goodRows: good.length,
    });
  }
  // A sequence without objects has an empty file; beside rows of MOTS it is one of those.
  const isAllOthers = setAside.length > 0 && sequences.every(({ goodRows }) => goodRows === 0);
  return { sequences: isAllOthers ? [] : sequences, setAside };
}
