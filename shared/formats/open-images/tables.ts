import type { Split } from '../../schema/dataset-version';
import type { DatasetFolder } from '../format';
import { firstRows } from '../parts/csv/stream-csv';
import { folderOf, nameOf } from '../parts/picture-index';
import { splitFromName } from '../parts/split-name';

/** What a table of Open Images is about. */
export type TableKind = 'boxes' | 'labels' | 'masks' | 'images' | 'classes';

export interface Table {
  readonly path: string;
  readonly kind: TableKind;
  /** The split that its name speaks of. */
  readonly split: Split | null;
  readonly hasHeader: boolean;
  /** Places of columns by name, in lower case. */
  readonly columns: ReadonlyMap<string, number>;
}

export interface Tables {
  readonly tables: readonly Table[];
  readonly setAside: readonly { readonly path: string; readonly reason: string }[];
}

/** A folder has a dozen; one with thousands is something else. */
const MAX_FILES = 200;

const NEEDED: readonly (readonly [TableKind, readonly string[]])[] = [
  ['boxes', ['imageid', 'labelname', 'xmin', 'xmax', 'ymin', 'ymax']],
  ['masks', ['maskpath', 'imageid', 'labelname']],
  ['labels', ['imageid', 'labelname', 'confidence']],
  ['images', ['imageid', 'originalurl']],
  ['images', ['imageid', 'rotation']],
  ['classes', ['labelname', 'displayname']],
];

/** The tables of a dataset by what their first rows name; names of files tell the split alone. */
export async function findTables(folder: DatasetFolder): Promise<Tables> {
  const tables: Table[] = [];
  const setAside: { path: string; reason: string }[] = [];
  const paths = (await folder.list()).map(({ path }) => path).filter((path) => /\.csv$/i.test(path));
  for (const path of paths.slice(0, MAX_FILES)) {
    const [first] = firstRows(await folder.head(path), ',', 1);
    if (first === undefined) continue;
    const columns = new Map(first.cells.map((name, index) => [name.trim().toLowerCase(), index] as const));
    const kind = NEEDED.find(([, names]) => names.every((name) => columns.has(name)))?.[0];
    const split = splitFromName(nameOf(path)) ?? splitFromName(nameOf(folderOf(path)));
    if (kind !== undefined) tables.push({ path, kind, split, hasHeader: true, columns });
    else if (/class-descriptions/i.test(nameOf(path)) && first.cells.length === 2) {
      // The older lists of classes have no header.
      const places = new Map([
        ['labelname', 0],
        ['displayname', 1],
      ]);
      tables.push({ path, kind: 'classes', split, hasHeader: false, columns: places });
    } else if (columns.has('imageid') && (columns.has('labelname1') || columns.has('x'))) {
      const what = columns.has('x') ? 'points' : 'relationships';
      setAside.push({ path, reason: `it holds ${what}, which are not taken` });
    }
  }
  return { tables, setAside };
}

/** A cell by the name of its column; '' where there is none. */
export function cellOf({ columns }: Table, cells: readonly string[], name: string): string {
  return cells[columns.get(name) ?? -1] ?? '';
}
