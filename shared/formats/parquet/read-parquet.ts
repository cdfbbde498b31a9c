import type { Shape } from '../../schema/shapes';
import type { DatasetAnnotation, DatasetEvent, DatasetFolder, DatasetImage } from '../format';
import { keyFromFileName } from '../parts/dataset-key';
import { parsedElement } from '../parts/json/element-texts';
import { attributesFrom } from '../parts/json/json-values';
import { openTable, type Table, type TableRow } from '../parts/parquet/read-table';
import { ProblemQueue } from '../parts/problem-queue';
import { annotationExtrasFrom, scoreFrom } from '../parts/records/annotation-record';
import { imageFromRecord } from '../parts/records/image-record';
import { isClassIndex } from '../parts/records/label-record';
import { shapeFromRecord } from '../parts/records/shape-record';
import { reportUnseen } from '../parts/report-unseen';
import { labelsOfTables, wholeFrom } from './labels-of-tables';
import { findTables, type TableFile } from './tables';

/** Annotations held at once when a table does not keep them in the order of the images: about 500 MB. */
const MOST_HELD_ROWS = 1_000_000;

/**
 * Both tables are read side by side, row group by row group, when annotations come in the order of the images, as in
 * every file of our own and every version of the lake. Others are held in memory.
 */
export async function* readParquet(folder: DatasetFolder): AsyncGenerator<DatasetEvent> {
  const problems = new ProblemQueue();
  await reportUnseen(folder, problems);
  const files = await findTables(folder);
  if (files === null) {
    problems.error(
      'format-unrecognised',
      '',
      'No images.parquet beside an annotations.parquet was found. Their columns are those of a dataset version.',
    );
    yield* problems.close('');
    return;
  }
  const images = await opened(folder, files.images, 'image_key', problems);
  const annotations = await opened(folder, files.annotations, 'image_key', problems);
  if (images === null || annotations === null) {
    yield* problems.close('');
    return;
  }
  const labels = await labelsOfTables(folder, files, annotations, problems);
  for (const label of labels) yield { type: 'label', label };
  yield* problems.drain();
  const reader = new RowReader(
    files.images.path,
    files.annotations.path,
    new Set(labels.map((label) => label.classIndex)),
    problems,
  );
  const order = await orderOf(images, annotations);
  if (order.unknown > 0) {
    problems.error(
      'parquet-unknown-image',
      files.annotations.path,
      `${order.unknown} rows of ${files.annotations.path} belong to images that ${files.images.path} does not list; they were left out.`,
    );
  }
  let held: Map<unknown, TableRow[]> | null = null;
  if (!order.isSame) {
    held = annotations.rowCount > MOST_HELD_ROWS ? new Map() : await heldRows(annotations);
    if (annotations.rowCount > MOST_HELD_ROWS) {
      problems.error(
        'parquet-unordered',
        files.annotations.path,
        `The rows of ${files.annotations.path} are not in the order of the images and too many to sort here; they were left out. Sort both tables by image_key.`,
      );
    }
  }
  const cursor = held === null ? new RowCursor(annotations, order.known) : null;
  const rows = images.rows();
  let next = await rows.next();
  for (; !next.done; next = await rows.next()) {
    for (const row of next.value) {
      const ofImage = cursor === null ? (held?.get(row.image_key) ?? []) : await cursor.take(row.image_key);
      const events = reader.events(row, ofImage);
      yield* problems.drain();
      yield* events;
    }
  }
  for (const [path, fault] of [
    [files.images.path, next.value],
    [files.annotations.path, cursor?.fault ?? null],
  ] as const) {
    if (fault === null) continue;
    problems.error(
      'parquet-damaged',
      path,
      `${path} cannot be read as a whole: ${fault}. What came before was read.`,
    );
  }
  yield* problems.close('');
}

async function opened(
  folder: DatasetFolder,
  { path, byteSize }: TableFile,
  column: string,
  problems: ProblemQueue,
): Promise<Table | null> {
  const table = await openTable(folder, path, byteSize);
  if (typeof table !== 'string' && table.columns.has(column)) return table;
  const reason = typeof table === 'string' ? table : `it has no column ${column}`;
  problems.error('parquet-damaged', path, `${path} cannot be read: ${reason}. Copy or export it again.`);
  return null;
}

interface Order {
  /** Whether rows of annotations come in the order of the images. */
  readonly isSame: boolean;
  readonly known: ReadonlySet<unknown>;
  readonly unknown: number;
}

async function orderOf(images: Table, annotations: Table): Promise<Order> {
  const places = new Map<unknown, number>();
  for await (const rows of images.rows(['image_key'])) {
    for (const { image_key: key } of rows) if (!places.has(key)) places.set(key, places.size);
  }
  let last = -1;
  let isSame = true;
  let unknown = 0;
  for await (const rows of annotations.rows(['image_key'])) {
    for (const { image_key: key } of rows) {
      const place = places.get(key);
      if (place === undefined) unknown += 1;
      else if (place < last) isSame = false;
      else last = place;
    }
  }
  return { isSame, known: new Set(places.keys()), unknown };
}

async function heldRows(annotations: Table): Promise<Map<unknown, TableRow[]>> {
  const held = new Map<unknown, TableRow[]>();
  for await (const rows of annotations.rows()) {
    for (const row of rows) {
      const ofImage = held.get(row.image_key);
      if (ofImage === undefined) held.set(row.image_key, [row]);
      else ofImage.push(row);
    }
  }
  return held;
}

/** The rows of annotations, taken image by image. */
class RowCursor {
  readonly #groups: AsyncGenerator<readonly TableRow[], string | null>;
  readonly #known: ReadonlySet<unknown>;
  #rows: readonly TableRow[] = [];
  #at = 0;
  fault: string | null = null;

  constructor(table: Table, known: ReadonlySet<unknown>) {
    this.#groups = table.rows();
    this.#known = known;
  }

  async take(key: unknown): Promise<readonly TableRow[]> {
    const taken: TableRow[] = [];
    for (;;) {
      if (this.#at >= this.#rows.length) {
        const next = await this.#groups.next();
        if (next.done === true) {
          this.fault ??= next.value ?? null;
          return taken;
        }
        this.#rows = next.value;
        this.#at = 0;
        continue;
      }
      const row = this.#rows[this.#at];
      if (row !== undefined && row.image_key === key) taken.push(row);
      else if (this.#known.has(row?.image_key)) return taken;
      this.#at += 1;
    }
  }
}

class RowReader {
  readonly #imagesPath: string;
  readonly #annotationsPath: string;
  readonly #classes: ReadonlySet<number>;
  readonly #problems: ProblemQueue;
  readonly #seen = new Set<string>();

  constructor(
    imagesPath: string,
    annotationsPath: string,
    classes: ReadonlySet<number>,
    problems: ProblemQueue,
  ) {
    this.#imagesPath = imagesPath;
    this.#annotationsPath = annotationsPath;
    this.#classes = classes;
    this.#problems = problems;
  }

  events(row: TableRow, ofImage: readonly TableRow[]): readonly DatasetEvent[] {
    const named = typeof row.image_key === 'string' ? keyFromFileName(row.image_key) : null;
    if (named === null || this.#seen.has(named.key)) {
      const [code, what] =
        named === null
          ? ['parquet-bad-image', `A row of ${this.#imagesPath} has no usable image_key`]
          : ['parquet-duplicate-image', `${this.#imagesPath} lists ${named.key} a second time`];
      this.#problems.error(code, this.#imagesPath, `${what}; the row and its annotations were left out.`);
      return [];
    }
    const { key } = named;
    this.#seen.add(key);
    const image = this.#image(row, key);
    const annotations = inDrawingOrder(ofImage).flatMap((each) => this.#annotation(each, key));
    return [
      { type: 'image', image },
      ...annotations.map((annotation) => ({ type: 'annotation' as const, annotation })),
    ];
  }

  #image(row: TableRow, key: string): DatasetImage {
    const frameIndex = wholeFrom(row.frame_index);
    return imageFromRecord(
      {
        width: wholeFrom(row.width) ?? row.width,
        height: wholeFrom(row.height) ?? row.height,
        split: row.split,
        state: row.state,
        attributes: typeof row.attributes === 'string' ? parsedElement(row.attributes) : undefined,
        frame:
          frameIndex === null
            ? undefined
            : { sequence: row.sequence_id ?? '', index: frameIndex, timestamp_in_ms: row.frame_timestamp },
      },
      key,
      (name) => this.#reportDropped(key, name),
    );
  }

  #annotation(row: TableRow, imageKey: string): readonly DatasetAnnotation[] {
    const classIndex = wholeFrom(row.class_index);
    const shape = shapeOfRow(row);
    const isKnown = isClassIndex(classIndex) && this.#classes.has(classIndex);
    if (shape === null || !isKnown) {
      this.#problems.error(
        shape === null ? 'parquet-bad-shape' : 'parquet-unknown-class',
        this.#annotationsPath,
        shape === null
          ? `A row of ${imageKey} in ${this.#annotationsPath} has a shape that is none; it was left out.`
          : `A row of ${imageKey} in ${this.#annotationsPath} has a class_index that no list of classes names; it was left out.`,
      );
      return [];
    }
    const given = typeof row.attributes === 'string' ? parsedElement(row.attributes) : {};
    // Versions of the lake have columns of their own for these two.
    const flags = {
      ...(row.is_occluded === true ? { occluded: true } : {}),
      ...(row.is_truncated === true ? { truncated: true } : {}),
    };
    return [
      {
        imageKey,
        classIndex,
        shape,
        isCrowd: row.is_crowd === true,
        attributes: { ...attributesFrom(given, (name) => this.#reportDropped(imageKey, name)), ...flags },
        score: scoreFrom(row.score),
        ...annotationExtrasFrom(row),
      },
    ];
  }

  #reportDropped(key: string, name: string): void {
    this.#problems.warning(
      'attribute-dropped',
      this.#annotationsPath,
      `The attribute "${name.slice(0, 100)}" of ${key} is neither text, number nor yes/no; it was left out.`,
    );
  }
}

function inDrawingOrder(rows: readonly TableRow[]): readonly TableRow[] {
  const ordinals = rows.map((row) => wholeFrom(row.ordinal) ?? 0);
  const isOrdered = ordinals.every((ordinal, at) => ordinal >= (ordinals[at - 1] ?? ordinal));
  if (isOrdered) return rows;
  return rows
    .map((row, at) => [row, ordinals[at] ?? 0] as const)
    .sort((a, b) => a[1] - b[1])
    .map(([row]) => row);
}

function shapeOfRow(row: TableRow): Shape | null {
  const { shape_type: type, x, y, width, height, geometry, points } = row;
  if (typeof geometry === 'string') {
    const shape = shapeFromRecord(parsedElement(geometry));
    return type === undefined || type === null || shape?.type === type ? shape : null;
  }
  if (type === 'polyline') return shapeFromRecord({ type: 'polyline', points });
  return type === 'box' || type === undefined || type === null
    ? shapeFromRecord({ type: 'box', x, y, width, height })
    : null;
}
