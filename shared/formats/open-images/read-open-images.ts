import type { Size } from '../../geometry/rect';
import type { Split } from '../../schema/dataset-version';
import type { Shape } from '../../schema/shapes';
import type { DatasetAnnotation, DatasetEvent, DatasetFolder, DatasetImage } from '../format';
import { boxFromEdges } from '../parts/box-from-edges';
import { streamCsv } from '../parts/csv/stream-csv';
import { decimalFrom } from '../parts/decimal';
import { ProblemQueue } from '../parts/problem-queue';
import { reportUnseen } from '../parts/report-unseen';
import { type PlacedRow, rowsByPosition } from '../parts/rows-by-position';
import { readLabelsFile } from '../parts/sidecar/labels-file';
import { sidecarRoot } from '../parts/sidecar/sidecar-root';
import { type ImagesById, imagesById, type ListedImage, listedImages } from './image-list';
import { MaskFiles } from './mask-files';
import { openImagesLabels } from './open-images-labels';
import { detailsOf, isAbsent } from './parse-row';
import { cellOf, findTables, type Table } from './tables';

/** Reads each table twice or more: classes and pictures come first. Memory follows the number of images. */
export async function* readOpenImages(folder: DatasetFolder): AsyncGenerator<DatasetEvent> {
  for await (const events of eventBatches(folder)) for (const event of events) yield event;
}

async function* eventBatches(folder: DatasetFolder): AsyncGenerator<readonly DatasetEvent[]> {
  const problems = new ProblemQueue();
  await reportUnseen(folder, problems);
  const { tables, setAside } = await findTables(folder);
  if (!tables.some(({ kind }) => kind !== 'classes')) {
    problems.error(
      'format-unrecognised',
      '',
      'No tables of Open Images were found. They are .csv files whose first column is ImageID.',
    );
  }
  for (const { path, reason } of setAside) {
    problems.warning('open-images-set-aside', path, `${path} was not read: ${reason}.`);
  }
  const paths = (await folder.list()).map(({ path }) => path);
  const listed = await listedImages(folder, tables, problems);
  const scan = await scanned(folder, tables, listed, problems);
  const known = await readLabelsFile(folder, sidecarRoot(paths) ?? '', problems);
  const { labels, indexByCode } = await openImagesLabels(folder, tables, known, scan.used, problems);
  yield [...problems.drain(), ...labels.map((label): DatasetEvent => ({ type: 'label', label }))];
  const reading: Reading = {
    folder,
    tables,
    scan,
    listed,
    images: await imagesById(folder, problems),
    masks: new MaskFiles(folder, paths),
    indexByCode,
    names: new Map(labels.map(({ classIndex, name }) => [classIndex, name])),
    keys: new Set(),
    problems,
    scaledMasks: 0,
  };
  yield* imagesOf(reading);
  yield problems.close('');
}

interface Scan {
  readonly ids: readonly string[];
  readonly positions: ReadonlyMap<string, number>;
  readonly counts: readonly number[];
  /** Splits by the tables that name an image, for those that no table lists. */
  readonly splits: readonly (Split | null)[];
  readonly used: ReadonlySet<string>;
  readonly isGrouped: boolean;
}

interface Reading {
  readonly folder: DatasetFolder;
  readonly tables: readonly Table[];
  readonly scan: Scan;
  readonly listed: ReadonlyMap<string, ListedImage>;
  readonly images: ImagesById;
  readonly masks: MaskFiles;
  readonly indexByCode: ReadonlyMap<string, number>;
  readonly names: ReadonlyMap<number, string>;
  readonly keys: Set<string>;
  readonly problems: ProblemQueue;
  scaledMasks: number;
}

interface TableRow {
  readonly table: Table;
  readonly line: number;
  readonly cells: readonly string[];
}

/** The rows about objects, table by table. @param problems hears damaged rows, null when they were heard before. */
async function* annotationRows(
  folder: DatasetFolder,
  tables: readonly Table[],
  problems: ProblemQueue | null,
): AsyncGenerator<readonly TableRow[]> {
  for (const table of tables) {
    if (table.kind === 'images' || table.kind === 'classes') continue;
    let isHeader = true;
    for await (const { rows, faults } of streamCsv(folder, table.path, ',')) {
      for (const { line, reason } of faults) {
        problems?.error('open-images-bad-row', table.path, `${table.path}, line ${line} ${reason}.`, line);
      }
      const kept = isHeader ? rows.slice(1) : rows;
      if (rows.length > 0) isHeader = false;
      yield kept.map(({ line, cells }) => ({ table, line, cells }));
    }
  }
}

async function scanned(
  folder: DatasetFolder,
  tables: readonly Table[],
  listed: ReadonlyMap<string, ListedImage>,
  problems: ProblemQueue,
): Promise<Scan> {
  const ids = [...listed.keys()];
  const positions = new Map(ids.map((id, position) => [id, position] as const));
  const counts = ids.map(() => 0);
  const splits: (Split | null)[] = ids.map(() => null);
  const used = new Set<string>();
  let isGrouped = true;
  let last = -1;
  for await (const rows of annotationRows(folder, tables, problems)) {
    for (const { table, line, cells } of rows) {
      const id = cellOf(table, cells, 'imageid');
      if (id === '') {
        problems.error(
          'open-images-bad-row',
          table.path,
          `${table.path}, line ${line} names no image; it was left out.`,
          line,
        );
        continue;
      }
      let position = positions.get(id);
      if (position === undefined) {
        position = ids.length;
        positions.set(id, position);
        ids.push(id);
        counts.push(0);
        splits.push(null);
      }
      splits[position] ??= table.split;
      counts[position] = (counts[position] ?? 0) + 1;
      const code = cellOf(table, cells, 'labelname');
      if (code !== '' && used.size < 100_000) used.add(code);
      if (position < last) isGrouped = false;
      last = position;
    }
  }
  return { ids, positions, counts, splits, used, isGrouped };
}

async function* imagesOf(reading: Reading): AsyncGenerator<readonly DatasetEvent[]> {
  const { scan, problems } = reading;
  const replay = async function* (isWanted: (position: number) => boolean) {
    for await (const rows of annotationRows(reading.folder, reading.tables, null)) {
      const placed: PlacedRow<TableRow>[] = [];
      for (const row of rows) {
        const position = scan.positions.get(cellOf(row.table, row.cells, 'imageid'));
        if (position !== undefined && isWanted(position)) placed.push({ position, row });
      }
      yield placed;
    }
  };
  let next = 0;
  for await (const { position, rows } of rowsByPosition(scan.counts, scan.isGrouped, replay)) {
    for (; next < position; next += 1) yield await eventsOf(reading, next, []);
    yield await eventsOf(reading, position, rows);
    next = position + 1;
  }
  for (; next < scan.ids.length; next += 1) yield await eventsOf(reading, next, []);
  if (reading.scaledMasks > 0) {
    problems.warning(
      'open-images-mask-scaled',
      '',
      `${reading.scaledMasks} masks have another size than their pictures and were drawn anew in theirs.`,
    );
  }
}

async function eventsOf(
  reading: Reading,
  position: number,
  rows: readonly TableRow[],
): Promise<readonly DatasetEvent[]> {
  const { scan, listed, images, problems, names } = reading;
  const id = scan.ids[position] ?? '';
  const ofList = listed.get(id);
  const split = ofList?.split ?? scan.splits[position] ?? null;
  const key = images.keyOf(id, split);
  if (key === null || reading.keys.has(key)) {
    const why =
      key === null ? 'is no name that a picture may have' : `would be ${key}, which is there already`;
    problems.error(
      key === null ? 'open-images-bad-image' : 'duplicate-image',
      rows[0]?.table.path ?? '',
      `The image ${JSON.stringify(id.slice(0, 200))} ${why}; it was left out.`,
    );
    return problems.drain();
  }
  reading.keys.add(key);
  const size = await images.sizeOf(id, split);
  const attributes = new Map<string, number | boolean>();
  if (ofList?.rotation != null) attributes.set('Rotation', ofList.rotation);
  const annotations: DatasetAnnotation[] = [];
  for (const row of rows) {
    const found = await annotationOf(reading, row, key, size);
    if (found === null) continue;
    if (typeof found === 'number') attributes.set(names.get(found) ?? '', false);
    else annotations.push(found);
  }
  if (size === null && rows.some(({ table }) => table.kind !== 'labels')) {
    problems.error(
      'image-size-unknown',
      key,
      `The picture of ${id} was not found, so its boxes cannot be placed: Open Images gives fractions of the picture's size. Open the folder that also holds the pictures.`,
    );
  }
  const known = images.known(id);
  const image: DatasetImage = {
    key,
    size,
    split,
    // Pictures without labels were not all looked at; ours are listed only when they were.
    state: rows.some((row) => !isAbsent(row.table, row.cells))
      ? 'labelled'
      : rows.length > 0
        ? 'inProgress'
        : known === null
          ? 'unlabelled'
          : 'confirmedEmpty',
    ...(attributes.size === 0 ? {} : { attributes: Object.fromEntries(attributes) }),
    ...(known?.frame == null ? {} : { frame: known.frame }),
  };
  return [
    ...problems.drain(),
    { type: 'image', image },
    ...annotations.map((annotation): DatasetEvent => ({ type: 'annotation', annotation })),
  ];
}

/** The annotation of a row; the number of a class that is verified to be absent; null when it was left out. */
async function annotationOf(
  reading: Reading,
  row: TableRow,
  imageKey: string,
  size: Size | null,
): Promise<DatasetAnnotation | number | null> {
  const { table, line, cells } = row;
  const report = (code: string, reason: string) => {
    reading.problems.error(code, table.path, `${table.path}, line ${line} ${reason}; it was left out.`, line);
    return null;
  };
  const { labelName, attributes, isCrowd, score } = detailsOf(table, cells);
  const classIndex = reading.indexByCode.get(labelName);
  if (classIndex === undefined) return report('open-images-no-class', 'names no class');
  if (isAbsent(table, cells)) return classIndex;
  let shape: Shape;
  if (table.kind === 'labels') shape = { type: 'tag' };
  else if (size === null) return null;
  else if (table.kind === 'masks') {
    const mask = await reading.masks.read(cellOf(table, cells, 'maskpath'), table, size);
    if ('reason' in mask) return report(mask.code, mask.reason);
    if (mask.isScaled) reading.scaledMasks += 1;
    shape = mask.shape;
  } else {
    const [left, right, top, bottom] = ['xmin', 'xmax', 'ymin', 'ymax'].map((name) =>
      decimalFrom(cellOf(table, cells, name)),
    );
    if (left == null || right == null || top == null || bottom == null) {
      return report('open-images-not-a-number', 'has no number in XMin, XMax, YMin or YMax');
    }
    const { width, height } = size;
    const box = boxFromEdges(left * width, top * height, right * width, bottom * height);
    if (box === null)
      return report('open-images-degenerate-box', `has no box: ${left} to ${right}, ${top} to ${bottom}`);
    shape = box;
  }
  return { imageKey, classIndex, shape, isCrowd, attributes, score };
}
