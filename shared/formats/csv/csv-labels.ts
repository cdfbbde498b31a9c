import type { DatasetFolder, DatasetLabel } from '../format';
import { ClassNames } from '../parts/class-names';
import { delimiterOf, streamCsv } from '../parts/csv/stream-csv';
import { wholeFrom } from '../parts/decimal';
import { folderOf, joinedPath } from '../parts/picture-index';
import type { ProblemQueue } from '../parts/problem-queue';
import { isClassIndex, labelFromRecord } from '../parts/records/label-record';
import type { CsvObject } from './csv-row';
import type { CsvFile } from './find-csv-files';
import { OWN_LABEL_COLUMNS } from './own-columns';

export const LABELS_TABLE = 'labels.csv';

/** The classes of `labels.csv` beside our own table, null when there is none. */
export async function labelsOfTable(
  folder: DatasetFolder,
  files: readonly CsvFile[],
  problems: ProblemQueue,
): Promise<readonly DatasetLabel[] | null> {
  const own = files.find(({ layout }) => layout.isOurs);
  const path = joinedPath(folderOf(own?.path ?? ''), LABELS_TABLE);
  if (own === undefined || !(await folder.list()).some((file) => file.path === path)) return null;
  const byIndex = new Map<number, DatasetLabel>();
  let columns: readonly string[] | null = null;
  for await (const { rows, faults } of streamCsv(folder, path, delimiterOf(await folder.head(path)))) {
    for (const { line, reason } of faults) {
      problems.error('csv-bad-row', path, `${path}, line ${line} ${reason}.`, line);
    }
    for (const { line, cells } of rows) {
      if (columns === null) {
        columns = cells.map((name) => name.trim().toLowerCase());
        continue;
      }
      const label = labelFromRecord(recordOf(columns, cells));
      if (label === null || byIndex.has(label.classIndex)) {
        problems.error(
          'csv-bad-label',
          path,
          `${path}, line ${line} has no class_index and name, or a class_index that stands above; it was left out.`,
          line,
        );
      } else byIndex.set(label.classIndex, label);
    }
  }
  return [...byIndex.values()];
}

function recordOf(columns: readonly string[], cells: readonly string[]): Readonly<Record<string, unknown>> {
  const entries = OWN_LABEL_COLUMNS.map((column): readonly [string, unknown] => {
    const text = cells[columns.indexOf(column)] ?? '';
    if (column === 'class_index') return [column, wholeFrom(text)];
    const isJson = column === 'skeleton' || column === 'attributes' || column === 'allowed_shapes';
    return [column, isJson ? jsonOf(text) : text];
  });
  return Object.fromEntries(entries);
}

function jsonOf(text: string): unknown {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

/** Finds the class of an object by its number and name. */
export interface CsvClasses {
  readonly labels: readonly DatasetLabel[];
  /** The class, or what is wrong, to follow "line 3". */
  classOf(object: CsvObject): number | { readonly code: string; readonly reason: string };
}

/** Gathers the classes that rows name; a number that comes with them is kept where all rows agree on it. */
export class CsvClassCollector {
  readonly #names = new ClassNames();
  readonly #nameByIndex = new Map<number, string>();
  readonly #indexByName = new Map<string, number>();
  #isNumbered = true;

  declare(name: string): void {
    this.#names.declare(name);
    this.#isNumbered = false;
  }

  add({ className, classIndex }: CsvObject): void {
    if (className === null) {
      if (classIndex !== null && !this.#nameByIndex.has(classIndex)) this.#nameByIndex.set(classIndex, '');
      return;
    }
    this.#names.find(className);
    if (classIndex === null) {
      this.#isNumbered = false;
      return;
    }
    const name = this.#nameByIndex.get(classIndex);
    const index = this.#indexByName.get(className);
    if ((name ?? '') === '') this.#nameByIndex.set(classIndex, className);
    else if (name !== className) this.#isNumbered = false;
    if (index === undefined) this.#indexByName.set(className, classIndex);
    else if (index !== classIndex) this.#isNumbered = false;
  }

  /** @param listed the classes of `labels.csv`, which rows must keep to. */
  classes(listed: readonly DatasetLabel[] | null): CsvClasses {
    if (listed !== null) return classesByNumber(listed);
    if (this.#isNumbered) {
      const labels = [...this.#nameByIndex]
        .sort(([a], [b]) => a - b)
        .filter(([index]) => isClassIndex(index))
        .map(([classIndex, name]) => ({
          classIndex,
          name: name === '' ? `class-${classIndex}` : name,
          supercategory: null,
        }));
      return classesByNumber(labels);
    }
    const names = this.#names;
    const labels = names.labels();
    return {
      labels,
      classOf: ({ className }) =>
        names.indexOf(className) ?? { code: 'csv-no-class', reason: 'names no class' },
    };
  }
}

function classesByNumber(labels: readonly DatasetLabel[]): CsvClasses {
  const byIndex = new Map(labels.map((label) => [label.classIndex, label]));
  const byName = new Map<string, DatasetLabel>();
  for (const label of labels) if (!byName.has(label.name)) byName.set(label.name, label);
  return {
    labels,
    classOf({ className, classIndex }) {
      const byNumber = classIndex === null ? undefined : byIndex.get(classIndex);
      if (byNumber !== undefined && (className === null || className === byNumber.name))
        return byNumber.classIndex;
      const named = className === null ? undefined : byName.get(className);
      if (classIndex === null && named !== undefined) return named.classIndex;
      if (className === null && classIndex === null)
        return { code: 'csv-no-class', reason: 'names no class' };
      return {
        code: 'csv-class-mismatch',
        reason: `has class ${classIndex ?? 'without number'} called ${JSON.stringify(className ?? '')}, and the classes of this dataset say otherwise. Mend the row or ${LABELS_TABLE}`,
      };
    },
  };
}
