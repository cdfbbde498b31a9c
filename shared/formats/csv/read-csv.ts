import type { DatasetAnnotation, DatasetEvent, DatasetFolder, DatasetImage } from '../format';
import { NO_OPTIONS, type OptionValues } from '../format-options';
import { streamCsv } from '../parts/csv/stream-csv';
import { keyFromFileName } from '../parts/dataset-key';
import { folderOf, joinedPath } from '../parts/picture-index';
import { ProblemQueue } from '../parts/problem-queue';
import { reportUnseen } from '../parts/report-unseen';
import { type PlacedRow, rowsByPosition } from '../parts/rows-by-position';
import { CsvClassCollector, type CsvClasses, labelsOfTable } from './csv-labels';
import { boxCellsToRead } from './csv-options';
import type { CsvContent } from './csv-row';
import { type CsvFile, type CsvFiles, findCsvFiles, pictureOf } from './find-csv-files';

/** Reads each table twice: classes and pictures come first. Memory follows the number of images. */
export async function* readCsv(
  folder: DatasetFolder,
  options: OptionValues = NO_OPTIONS,
): AsyncGenerator<DatasetEvent> {
  for await (const events of eventBatches(folder, options)) for (const event of events) yield event;
}

async function* eventBatches(
  folder: DatasetFolder,
  options: OptionValues,
): AsyncGenerator<readonly DatasetEvent[]> {
  const problems = new ProblemQueue();
  await reportUnseen(folder, problems);
  const found = await findCsvFiles(folder, boxCellsToRead(options));
  if (found.files.length === 0) {
    problems.error(
      'format-unrecognised',
      '',
      'No table of annotations was found. It is a .csv file whose first row names its columns, such as image, label, xmin, ymin, xmax and ymax.',
    );
  }
  for (const { path, reason } of found.setAside) {
    problems.warning('csv-set-aside', path, `${path} was not read: ${reason}.`);
  }
  const tables = new Tables(folder, found);
  const listed = await labelsOfTable(folder, found.files, problems);
  const collector = new CsvClassCollector();
  for (const name of found.files.flatMap(({ layout }) => layout.declared)) collector.declare(name);
  const images = await scanned(tables, collector, problems);
  const classes = collector.classes(listed);
  yield [...problems.drain(), ...classes.labels.map((label): DatasetEvent => ({ type: 'label', label }))];
  yield* imagesWithRows(folder, tables, images, classes, problems);
  yield problems.close('');
}

interface TableRow {
  readonly file: CsvFile;
  readonly line: number;
  readonly key: string;
  readonly content: CsvContent;
}

/** The rows of all tables of a dataset, one after the other. */
class Tables {
  readonly #folder: DatasetFolder;
  readonly #found: CsvFiles;

  constructor(folder: DatasetFolder, found: CsvFiles) {
    this.#folder = folder;
    this.#found = found;
  }

  /**
   * @param isWanted asked with each picture's key before its row is looked at.
   * @param problems hears what is wrong with rows, null when they were heard before.
   */
  async *rows(
    isWanted: (key: string) => boolean,
    problems: ProblemQueue | null,
  ): AsyncGenerator<readonly TableRow[]> {
    for (const file of this.#found.files) {
      const { path, delimiter, layout } = file;
      let isHeader = layout.hasHeader;
      for await (const { rows, faults } of streamCsv(this.#folder, path, delimiter)) {
        for (const { line, reason } of faults) {
          problems?.error('csv-bad-row', path, `${path}, line ${line} ${reason}.`, line);
        }
        const taken: TableRow[] = [];
        for (const { line, cells } of rows) {
          if (isHeader) {
            isHeader = false;
            continue;
          }
          const report = (code: string, reason: string) =>
            problems?.error(code, path, `${path}, line ${line} ${reason}; the row was left out.`, line);
          if (cells.every((cell) => cell.trim() === '')) continue;
          const key = this.#keyOf(file, layout.imageOf(cells));
          if (key === null) {
            report('csv-no-image', 'names no picture, or one outside the dataset');
            continue;
          }
          if (!isWanted(key)) continue;
          const content = layout.parse(cells, (name) =>
            problems?.warning(
              'attribute-dropped',
              path,
              `${path}, line ${line}: ${JSON.stringify(name.slice(0, 100))} was not taken; only text, numbers and yes or no are.`,
              line,
            ),
          );
          if ('reason' in content) report(content.code, content.reason);
          else taken.push({ file, line, key, content });
        }
        yield taken;
      }
    }
  }

  /** Our own keys stand as they are; the names of other tools mean a picture near the table. */
  #keyOf({ path, layout }: CsvFile, cell: string): string | null {
    if (layout.isOurs) return keyFromFileName(cell)?.key ?? null;
    const name = cell.trim();
    const key = keyFromFileName(name)?.key ?? null;
    if (key === null) return null;
    const picture = pictureOf(key, path, this.#found.pictures);
    if (picture !== null) return picture;
    // Tables of several folders may call different pictures by the same name.
    const isAlone = this.#found.files.every((file) => folderOf(file.path) === folderOf(path));
    return isAlone ? key : joinedPath(folderOf(path), key);
  }
}

interface ScannedImages {
  readonly keys: readonly string[];
  readonly positions: ReadonlyMap<string, number>;
  readonly counts: readonly number[];
  readonly isGrouped: boolean;
}

async function scanned(
  tables: Tables,
  collector: CsvClassCollector,
  problems: ProblemQueue,
): Promise<ScannedImages> {
  const keys: string[] = [];
  const positions = new Map<string, number>();
  const counts: number[] = [];
  const paths: string[] = [];
  const warned = new Set<string>();
  let isGrouped = true;
  let last = -1;
  for await (const rows of tables.rows(() => true, problems)) {
    for (const { key, file, content } of rows) {
      let position = positions.get(key);
      if (position === undefined) {
        position = keys.length;
        positions.set(key, position);
        keys.push(key);
        counts.push(0);
        paths.push(file.path);
      } else if (paths[position] !== file.path && !warned.has(key)) {
        warned.add(key);
        problems.warning(
          'csv-image-in-several-files',
          file.path,
          `${key} is in ${file.path} and in ${paths[position]}; the objects of both were taken.`,
        );
      }
      counts[position] = (counts[position] ?? 0) + 1;
      if (position < last) isGrouped = false;
      last = position;
      for (const object of content.objects) collector.add(object);
    }
  }
  return { keys, positions, counts, isGrouped };
}

async function* imagesWithRows(
  folder: DatasetFolder,
  tables: Tables,
  { keys, positions, counts, isGrouped }: ScannedImages,
  classes: CsvClasses,
  problems: ProblemQueue,
): AsyncGenerator<readonly DatasetEvent[]> {
  const replay = async function* (isWanted: (position: number) => boolean) {
    for await (const rows of tables.rows((key) => isWanted(positions.get(key) ?? -1), null)) {
      yield rows.map((row): PlacedRow<TableRow> => ({ position: positions.get(row.key) ?? -1, row }));
    }
  };
  for await (const { position, rows } of rowsByPosition(counts, isGrouped, replay)) {
    const key = keys[position];
    if (key === undefined) continue;
    const annotations: DatasetAnnotation[] = [];
    for (const { file, line, content } of rows) {
      for (const object of content.objects) {
        const classIndex = classes.classOf(object);
        if (typeof classIndex === 'number') {
          annotations.push({ imageKey: key, classIndex, ...object.annotation });
          continue;
        }
        problems.error(
          classIndex.code,
          file.path,
          `${file.path}, line ${line} ${classIndex.reason}; the object was left out.`,
          line,
        );
      }
    }
    const image = await imageOf(folder, key, rows);
    yield [
      ...problems.drain(),
      { type: 'image', image },
      ...annotations.map((annotation): DatasetEvent => ({ type: 'annotation', annotation })),
    ];
  }
  yield problems.drain();
}

/** What the rows of a picture say of it, the first that says something. */
async function imageOf(folder: DatasetFolder, key: string, rows: readonly TableRow[]): Promise<DatasetImage> {
  const facts = rows.map(({ content }) => content.facts);
  const size = facts.find((one) => one.size != null)?.size ?? null;
  const split = facts.find((one) => one.split != null)?.split ?? null;
  const attributes = facts.find((one) => one.attributes !== undefined)?.attributes;
  const frame = facts.find((one) => one.frame !== undefined)?.frame;
  const hasObjects = rows.some(({ content }) => content.objects.length > 0);
  const [first] = rows;
  return {
    key,
    size: size ?? (await folder.imageSize(first?.file.layout.isOurs === true ? `images/${key}` : key)),
    split: split ?? first?.file.split ?? null,
    state: stateOf(facts, hasObjects),
    ...(attributes === undefined ? {} : { attributes }),
    ...(frame === undefined ? {} : { frame }),
  };
}

/** A picture with objects is no empty one, whatever its row says. */
function stateOf(facts: readonly CsvContent['facts'][], hasObjects: boolean): DatasetImage['state'] {
  const said = facts.find((one) => one.state !== undefined)?.state;
  if (hasObjects) return said === 'inProgress' ? said : 'labelled';
  return said ?? 'confirmedEmpty';
}
