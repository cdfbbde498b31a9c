import type { DatasetFolder, DatasetLabel } from '../format';
import { streamCsv } from '../parts/csv/stream-csv';
import type { ProblemQueue } from '../parts/problem-queue';
import { labelNameFrom } from '../parts/records/label-record';
import type { KnownLabels } from '../parts/sidecar/labels-file';
import { cellOf, type Table } from './tables';

export interface OpenImagesLabels {
  readonly labels: readonly DatasetLabel[];
  /** By what rows call a class: `/m/01g317`. */
  readonly indexByCode: ReadonlyMap<string, number>;
}

/**
 * The classes: as our own writer listed them, else in the order of the class descriptions, and then those that rows
 * name and no list does, by code unit.
 */
export async function openImagesLabels(
  folder: DatasetFolder,
  tables: readonly Table[],
  known: KnownLabels | null,
  used: ReadonlySet<string>,
  problems: ProblemQueue,
): Promise<OpenImagesLabels> {
  const labels: DatasetLabel[] = [...(known?.labels ?? [])];
  const indexByCode = new Map<string, number>();
  for (const [code, label] of known?.byWrittenName ?? []) indexByCode.set(code, label.classIndex);
  let next = labels.reduce((most, { classIndex }) => Math.max(most, classIndex), -1) + 1;
  const add = (code: string, name: string) => {
    if (indexByCode.has(code)) return;
    indexByCode.set(code, next);
    labels.push({ classIndex: next, name, supercategory: null });
    next += 1;
  };
  for (const table of tables) {
    if (table.kind !== 'classes') continue;
    let isHeader = table.hasHeader;
    for await (const { rows, faults } of streamCsv(folder, table.path, ',')) {
      for (const { line, reason } of faults) {
        problems.error('open-images-bad-row', table.path, `${table.path}, line ${line} ${reason}.`, line);
      }
      for (const { cells } of rows) {
        const code = cellOf(table, cells, 'labelname');
        const name = labelNameFrom(cellOf(table, cells, 'displayname')) ?? labelNameFrom(code);
        if (isHeader) isHeader = false;
        else if (name !== null) add(code, name);
      }
    }
  }
  const unnamed = [...used].filter((code) => !indexByCode.has(code)).sort();
  for (const code of unnamed) {
    const name = labelNameFrom(code);
    if (name !== null) add(code, name);
  }
  if (unnamed.length > 0) {
    problems.warning(
      'open-images-unnamed-class',
      '',
      `${unnamed.length} classes are in no class-descriptions.csv and are called by their codes, e.g. ${(unnamed[0] ?? '').slice(0, 100)}.`,
    );
  }
  return { labels, indexByCode };
}
