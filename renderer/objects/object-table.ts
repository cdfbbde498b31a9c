import type { Annotation, ImageState } from '../../shared/schema/annotation';
import { ANNOTATION_ORIGINS, IMAGE_STATES } from '../../shared/schema/annotation';
import type { Actor, AnnotationId, ImageId, LabelId } from '../../shared/schema/ids';
import { SHAPE_TYPES } from '../../shared/schema/shapes';
import { behaviourOf } from '../../shared/shapes';
import { ordinalSaidBy } from '../persistence/image-ids';
import { createNumbering } from './numbering';
import { equalsUuid, grownTo, readUuid, uuidKey, WORDS_PER_UUID, writeUuid } from './packed-columns';

/** Bits of `ObjectColumns.flags`. */
export const OBJECT_FLAGS = {
  locked: 1,
  hidden: 2,
  occluded: 4,
  truncated: 8,
  crowd: 16,
  /** The object was deleted; its row is used for nothing else. */
  gone: 128,
} as const;

/** What is known of every object, by row. Arrays are replaced when the table grows: read them anew after an update. */
export interface ObjectColumns {
  /** Place of the object's image in the project's list. */
  readonly ordinal: Uint32Array;
  /** Into `ObjectTable.labelIds`. */
  readonly label: Uint16Array;
  /** Bounds in image px. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly width: Float32Array;
  readonly height: Float32Array;
  /** In image px², holes taken out; 0 for lines and points. */
  readonly area: Float32Array;
  /** 0 to 1, NaN where there is none. */
  readonly score: Float32Array;
  /** When the object was last changed, in seconds since 1970. */
  readonly updatedAt: Uint32Array;
  /** Who made it; into `ObjectTable.people`. */
  readonly person: Uint16Array;
  /** Into `SHAPE_TYPES`. */
  readonly shape: Uint8Array;
  /** Into `ANNOTATION_ORIGINS`. */
  readonly origin: Uint8Array;
  /** `OBJECT_FLAGS`, added. */
  readonly flags: Uint8Array;
}

/** What is known of every image, by ordinal. */
export interface ObjectImageColumns {
  /** In image px. */
  readonly width: Uint32Array;
  readonly height: Uint32Array;
  /** Into `IMAGE_STATES`. */
  readonly state: Uint8Array;
  /** 1 where rules have something to say. */
  readonly hasFinding: Uint8Array;
  /** Of the annotation set that was read: another one in the database means that the image is to be read again. */
  readonly revision: Uint32Array;
}

/** What the table takes of an image; a `StoredImage` has it. */
export interface TableImage {
  readonly id: ImageId;
  readonly ordinal: number;
  readonly width: number;
  readonly height: number;
  readonly state: ImageState;
  readonly hasFinding: 0 | 1;
  readonly revision: number;
}

/**
 * All objects of a project in columns: 55 bytes an object, so that 2,000,000 take 110 MB, and 22 bytes and
 * an id an image. It knows neither database nor worker: whoever needs all objects at once (the gallery, rules
 * over a project, quality) keeps one in a worker and fills it by `readObjects`.
 *
 * A row is an object's number for as long as the table lives: an edited image keeps the rows of the objects that are
 * still there, new objects get new rows, and the rows of deleted ones are only marked (`OBJECT_FLAGS.gone`). Selections
 * and columns of others (`Float32Array` by row) therefore stay right through edits.
 */
export interface ObjectTable {
  /** Rows given so far, those of deleted objects included: rows are 0 up to but not including this. */
  readonly rowCount: number;
  /** Objects that are there. */
  readonly size: number;
  /** Ordinals are 0 up to but not including this. */
  readonly imageCount: number;
  /** Labels in order of appearance, merged ones under their own id. */
  readonly labelIds: readonly LabelId[];
  readonly people: readonly Actor[];
  /** Bytes of all columns, room to grow included. */
  readonly byteLength: number;
  columns(): ObjectColumns;
  images(): ObjectImageColumns;
  /** Makes room for so many rows at once; saves copying while a project is read. */
  reserve(rows: number): void;
  /** Takes what an image holds now in place of what it held. `annotations` in drawing order. */
  putImage(image: TableImage, annotations: readonly Annotation[]): void;
  /** Rows of an image's objects, in drawing order. */
  rowsOf(ordinal: number): Uint32Array;
  imageIdAt(ordinal: number): ImageId | null;
  /** -1 for an image that is not in the table. */
  ordinalOf(id: ImageId): number;
  /** An object's id, written anew from its 16 bytes. */
  idOf(row: number): AnnotationId;
  /** The row of an object of an image, -1 when it is not there. O(objects of the image). */
  rowOf(ordinal: number, id: AnnotationId): number;
  /** A column by row from values by annotation id; NaN where there is none. One pass over all rows. */
  columnOf(values: ReadonlyMap<AnnotationId, number>): Float32Array;
}

const SHAPE_NUMBER = new Map<string, number>(SHAPE_TYPES.map((type, index) => [type, index]));
const ORIGIN_NUMBER = new Map<string, number>(ANNOTATION_ORIGINS.map((origin, index) => [origin, index]));
const STATE_NUMBER = new Map<string, number>(IMAGE_STATES.map((state, index) => [state, index]));

const FIRST_ROWS = 1024;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

export function createObjectTable(): ObjectTable {
  const columns: Mutable<ObjectColumns> = {
    ordinal: new Uint32Array(0),
    label: new Uint16Array(0),
    x: new Float32Array(0),
    y: new Float32Array(0),
    width: new Float32Array(0),
    height: new Float32Array(0),
    area: new Float32Array(0),
    score: new Float32Array(0),
    updatedAt: new Uint32Array(0),
    person: new Uint16Array(0),
    shape: new Uint8Array(0),
    origin: new Uint8Array(0),
    flags: new Uint8Array(0),
  };
  const images: Mutable<ObjectImageColumns> = {
    width: new Uint32Array(0),
    height: new Uint32Array(0),
    state: new Uint8Array(0),
    hasFinding: new Uint8Array(0),
    revision: new Uint32Array(0),
  };
  let ids = new Uint32Array(0);
  /** Where the rows of an image begin, and how many they are, until an edit moves them to `scattered`. */
  let firstRow = new Uint32Array(0);
  let rowsIn = new Uint32Array(0);
  const scattered = new Map<number, Uint32Array>();
  const imageIds: (ImageId | undefined)[] = [];
  const labels = createNumbering<LabelId>();
  const people = createNumbering<Actor>();
  const seconds = createClock();
  let capacity = 0;
  let rowCount = 0;
  let size = 0;

  function reserve(rows: number): void {
    if (rows <= capacity) return;
    capacity = rows;
    for (const key of Object.keys(columns) as (keyof ObjectColumns)[]) {
      // One after the other: beside the table there is never more than one old column.
      (columns as Record<string, unknown>)[key] = grownTo(columns[key], rows);
    }
    ids = grownTo(ids, rows * WORDS_PER_UUID);
  }

  function reserveImages(count: number): void {
    if (count <= firstRow.length) return;
    const room = Math.max(count, Math.ceil(firstRow.length * 1.5), 64);
    for (const key of Object.keys(images) as (keyof ObjectImageColumns)[]) {
      (images as Record<string, unknown>)[key] = grownTo(images[key], room);
    }
    firstRow = grownTo(firstRow, room);
    rowsIn = grownTo(rowsIn, room);
  }

  function newRow(): number {
    if (rowCount === capacity) reserve(Math.max(FIRST_ROWS, Math.ceil(capacity * 1.5)));
    size += 1;
    return rowCount++;
  }

  function write(row: number, ordinal: number, annotation: Annotation): void {
    const behaviour = behaviourOf(annotation.shape);
    const bounds = behaviour.bounds(annotation.shape);
    columns.ordinal[row] = ordinal;
    columns.label[row] = labels.numberOf(annotation.labelId);
    columns.x[row] = bounds.x;
    columns.y[row] = bounds.y;
    columns.width[row] = bounds.width;
    columns.height[row] = bounds.height;
    columns.area[row] = behaviour.area(annotation.shape);
    columns.score[row] = annotation.score ?? Number.NaN;
    columns.updatedAt[row] = seconds(annotation.updatedAt);
    columns.person[row] = people.numberOf(annotation.createdBy);
    columns.shape[row] = SHAPE_NUMBER.get(annotation.shape.type) ?? 0;
    columns.origin[row] = ORIGIN_NUMBER.get(annotation.origin) ?? 0;
    columns.flags[row] = flagsOf(annotation);
    writeUuid(ids, row, annotation.id);
  }

  function rowsOf(ordinal: number): Uint32Array {
    const moved = scattered.get(ordinal);
    if (moved !== undefined) return moved;
    const first = firstRow[ordinal] ?? 0;
    return Uint32Array.from({ length: rowsIn[ordinal] ?? 0 }, (_, index) => first + index);
  }

  function rewrite(ordinal: number, annotations: readonly Annotation[]): void {
    const before = rowsOf(ordinal);
    const rowOfId = new Map<string, number>();
    for (const row of before) rowOfId.set(readUuid(ids, row), row);
    const after = Uint32Array.from(annotations, (annotation) => {
      const row = rowOfId.get(uuidKey(annotation.id)) ?? newRow();
      rowOfId.delete(uuidKey(annotation.id));
      write(row, ordinal, annotation);
      return row;
    });
    for (const row of rowOfId.values()) {
      columns.flags[row] = (columns.flags[row] ?? 0) | OBJECT_FLAGS.gone;
      size -= 1;
    }
    scattered.set(ordinal, after);
  }

  return {
    get rowCount() {
      return rowCount;
    },
    get size() {
      return size;
    },
    get imageCount() {
      return imageIds.length;
    },
    labelIds: labels.values,
    people: people.values,
    get byteLength() {
      const held = [...Object.values(columns), ...Object.values(images), ids, firstRow, rowsIn];
      return held.reduce((sum: number, column: ArrayBufferView) => sum + column.byteLength, 0);
    },
    columns: () => columns,
    images: () => images,
    reserve,

    putImage(image, annotations) {
      const { ordinal } = image;
      reserveImages(ordinal + 1);
      images.width[ordinal] = image.width;
      images.height[ordinal] = image.height;
      images.state[ordinal] = STATE_NUMBER.get(image.state) ?? 0;
      images.hasFinding[ordinal] = image.hasFinding;
      images.revision[ordinal] = image.revision;
      const isNew = imageIds[ordinal] === undefined;
      while (imageIds.length < ordinal) imageIds.push(undefined);
      imageIds[ordinal] = image.id;
      if (!isNew) return rewrite(ordinal, annotations);
      firstRow[ordinal] = rowCount;
      rowsIn[ordinal] = annotations.length;
      for (const annotation of annotations) write(newRow(), ordinal, annotation);
    },

    rowsOf,
    imageIdAt: (ordinal) => imageIds[ordinal] ?? null,
    ordinalOf(id) {
      // Most ids say their place; those of a bundle from elsewhere are looked for.
      const said = ordinalSaidBy(id);
      return imageIds[said] === id ? said : imageIds.indexOf(id);
    },
    idOf: (row) => readUuid(ids, row) as AnnotationId,
    rowOf: (ordinal, id) => rowsOf(ordinal).find((row) => equalsUuid(ids, row, id)) ?? -1,

    columnOf(values) {
      const column = new Float32Array(rowCount).fill(Number.NaN);
      if (values.size === 0) return column;
      for (let row = 0; row < rowCount; row += 1) {
        const value = values.get(readUuid(ids, row) as AnnotationId);
        if (value !== undefined) column[row] = value;
      }
      return column;
    },
  };
}

function flagsOf({ isLocked, isHidden, isOccluded, isTruncated, isCrowd }: Annotation): number {
  return (
    (isLocked ? OBJECT_FLAGS.locked : 0) +
    (isHidden ? OBJECT_FLAGS.hidden : 0) +
    (isOccluded ? OBJECT_FLAGS.occluded : 0) +
    (isTruncated ? OBJECT_FLAGS.truncated : 0) +
    (isCrowd ? OBJECT_FLAGS.crowd : 0)
  );
}

/** Seconds of a timestamp; an import gives thousands the same one, and parsing costs more than all else here. */
function createClock() {
  let lastText = '';
  let last = 0;
  return (timestamp: string): number => {
    if (timestamp === lastText) return last;
    lastText = timestamp;
    last = Math.floor(Date.parse(timestamp) / 1000);
    return last;
  };
}
