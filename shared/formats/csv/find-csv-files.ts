import type { Split } from '../../schema/dataset-version';
import type { DatasetFolder } from '../format';
import { delimiterOf, firstRows } from '../parts/csv/stream-csv';
import {
  createPictureIndex,
  folderOf,
  isPicturePath,
  joinedPath,
  nameOf,
  type PictureIndex,
} from '../parts/picture-index';
import { splitFromName } from '../parts/split-name';
import type { CsvLayout } from './csv-row';
import { type BoxCells, foreignLayout } from './foreign-layout';
import { ownLayout } from './own-layout';

export interface CsvFile {
  readonly path: string;
  readonly delimiter: string;
  readonly layout: CsvLayout;
  /** The split that the file or its folder is named after. */
  readonly split: Split | null;
}

export interface CsvFiles {
  readonly files: readonly CsvFile[];
  readonly setAside: readonly { readonly path: string; readonly reason: string }[];
  readonly pictures: PictureIndex;
}

/** Tables of a dataset are few; a folder of thousands is something else. */
const MAX_FILES = 200;
const SAMPLED_ROWS = 20;

/** The tables of annotations below a folder. Never throws; a table that is none of a known layout is passed over. */
export async function findCsvFiles(folder: DatasetFolder, boxCells: BoxCells): Promise<CsvFiles> {
  const paths = (await folder.list()).map(({ path }) => path);
  const pictures = createPictureIndex(paths);
  const found: CsvFile[] = [];
  for (const path of paths.filter((one) => /\.(?:csv|tsv)$/i.test(one)).slice(0, MAX_FILES)) {
    const head = await folder.head(path);
    const delimiter = delimiterOf(head);
    const layout = layoutOf(head, delimiter, boxCells, (name) => isPictureName(name, path, pictures));
    if (layout === null) continue;
    const split = splitFromName(nameOf(path)) ?? splitFromName(nameOf(folderOf(path)));
    found.push({ path, delimiter, layout, split: layout.isOurs ? null : split });
  }
  return { ...kept(found), pictures };
}

function layoutOf(
  head: string,
  delimiter: string,
  boxCells: BoxCells,
  isPicture: (name: string) => boolean,
): CsvLayout | null {
  const [first, ...others] = firstRows(head, delimiter, SAMPLED_ROWS + 1).map(({ cells }) => cells);
  if (first === undefined) return null;
  const own = ownLayout(first);
  if (own !== null) return own;
  const layout = foreignLayout(first, others, boxCells);
  if (layout === null) return null;
  // A column "file" or "image" may be in any table: its cells must be names of pictures.
  const names = (layout.hasHeader ? others : [first, ...others]).map((cells) => layout.imageOf(cells).trim());
  const good = names.filter(isPicture).length;
  return names.length > 0 && good * 2 > names.length ? layout : null;
}

function isPictureName(name: string, path: string, pictures: PictureIndex): boolean {
  return (
    name !== '' &&
    (isPicturePath(name) ||
      pictures.find(`${joinedPath(folderOf(path), name)}.jpg`) !== null ||
      pictureOf(name, path, pictures) !== null)
  );
}

/** The picture that a table means, with or without an extension, as a path below the opened folder. */
export function pictureOf(name: string, path: string, pictures: PictureIndex): string | null {
  const place = joinedPath(folderOf(path), name);
  return isPicturePath(name) ? pictures.find(place) : pictures.find(`${place}.`);
}

/** Our own tables before those of other tools; of several layouts, which tell the same in other words, one is read. */
function kept(found: readonly CsvFile[]): Pick<CsvFiles, 'files' | 'setAside'> {
  const own = found.filter(({ layout }) => layout.isOurs);
  const [first] = own.length > 0 ? own : found;
  if (first === undefined) return { files: [], setAside: [] };
  const files = found.filter(({ layout }) => layout.id === first.layout.id);
  return {
    files,
    setAside: found
      .filter((file) => !files.includes(file))
      .map(({ path }) => ({
        path,
        reason: `its columns are others than those of ${first.path}; open it by itself to read it`,
      })),
  };
}
