import {
  ANNOTATION_ORIGINS,
  type Annotation,
  IMAGE_STATES,
  type ImageState,
} from '../../shared/schema/annotation';
import type { Actor, LabelId } from '../../shared/schema/ids';
import { SHAPE_TYPES, type ShapeType } from '../../shared/schema/shapes';
import { OBJECT_FLAGS, type ObjectTable } from './object-table';
import { keysOfNumbers, orderedByKey } from './order-by-key';

/** Which objects; a part that is left out lets all pass. */
export interface ObjectFilter {
  /** With everything that counts as the label: what was merged into it has its old id in the table. */
  readonly labelIds?: readonly LabelId[];
  readonly shapeTypes?: readonly ShapeType[];
  /** States of the objects' images. */
  readonly imageStates?: readonly ImageState[];
  readonly people?: readonly Actor[];
  readonly origins?: readonly Annotation['origin'][];
  /** By the column `findings` where it is there, else by what is known of the image. */
  readonly hasFinding?: boolean;
}

/** What objects are put in order by. `image` is the order of the project's list, and of drawing in an image. */
export const OBJECT_ORDERS = [
  'image',
  'size',
  'aspect',
  'score',
  'position',
  'time',
  'disagreement',
] as const;
export type ObjectOrder = (typeof OBJECT_ORDERS)[number];

export interface ObjectQuery {
  readonly filter: ObjectFilter;
  readonly order: ObjectOrder;
  readonly isDescending: boolean;
}

/** Values by row that others found out; NaN for none. See `ObjectTable.columnOf`. */
export interface OtherColumns {
  /** How much those who labelled the object, or a person and a model, disagree; the higher, the more. */
  readonly disagreement?: Float32Array;
  /** How many findings of rules name the object. */
  readonly findings?: Float32Array;
}

/** The rows that pass, in order; equal ones in the order of images. O(rows). */
export function queryObjects(
  table: ObjectTable,
  { filter, order, isDescending }: ObjectQuery,
  others: OtherColumns = {},
): Uint32Array {
  const { ordinal } = table.columns();
  const passing = rowsThatPass(table, filter, others);
  const inImages = orderedByKey(
    passing,
    passing.map((row) => ordinal[row] ?? 0),
    order === 'image' && isDescending,
  );
  if (order === 'image') return inImages;
  return orderedByKey(inImages, keysFor(table, inImages, order, others), isDescending);
}

function rowsThatPass(table: ObjectTable, filter: ObjectFilter, others: OtherColumns): Uint32Array {
  const { label, shape, person, origin, flags, ordinal } = table.columns();
  const { state, hasFinding } = table.images();
  const labels = allowed(table.labelIds, filter.labelIds);
  const shapes = allowed(SHAPE_TYPES, filter.shapeTypes);
  const states = allowed(IMAGE_STATES, filter.imageStates);
  const people = allowed(table.people, filter.people);
  const origins = allowed(ANNOTATION_ORIGINS, filter.origins);
  const { findings } = others;
  const isWithFinding = (row: number): boolean =>
    findings === undefined ? hasFinding[ordinal[row] ?? 0] === 1 : (findings[row] ?? 0) > 0;
  const rows = new Uint32Array(table.size);
  let count = 0;
  for (let row = 0; row < table.rowCount; row += 1) {
    if (
      ((flags[row] ?? 0) & OBJECT_FLAGS.gone) === 0 &&
      labels[label[row] ?? 0] === 1 &&
      shapes[shape[row] ?? 0] === 1 &&
      states[state[ordinal[row] ?? 0] ?? 0] === 1 &&
      people[person[row] ?? 0] === 1 &&
      origins[origin[row] ?? 0] === 1 &&
      (filter.hasFinding === undefined || isWithFinding(row) === filter.hasFinding)
    ) {
      rows[count++] = row;
    }
  }
  return rows.slice(0, count);
}

/** 1 at the places of `values` that are wanted; at all when nothing is said. */
function allowed<Value>(values: readonly Value[], wanted: readonly Value[] | undefined): Uint8Array {
  return Uint8Array.from(values, (value) => (wanted === undefined || wanted.includes(value) ? 1 : 0));
}

/** Rows and columns that a picture is divided into for the order by place: reading order, as one looks over it. */
const BANDS = 16;

function keysFor(
  table: ObjectTable,
  rows: Uint32Array,
  order: Exclude<ObjectOrder, 'image'>,
  others: OtherColumns,
): Uint32Array {
  const { x, y, width, height, score, updatedAt, ordinal } = table.columns();
  const images = table.images();
  const at = (column: ArrayLike<number>, row: number) => column[row] ?? 0;
  const numbers = (value: (row: number) => number) =>
    keysOfNumbers(Float32Array.from(rows, (row) => value(row)));
  switch (order) {
    case 'size':
      return numbers((row) => at(width, row) * at(height, row));
    case 'aspect':
      return numbers((row) => (at(height, row) === 0 ? Number.NaN : at(width, row) / at(height, row)));
    case 'score':
      return numbers((row) => score[row] ?? Number.NaN);
    case 'position':
      return numbers((row) => {
        const image = at(ordinal, row);
        const across = (at(x, row) + at(width, row) / 2) / Math.max(1, at(images.width, image));
        const down = (at(y, row) + at(height, row) / 2) / Math.max(1, at(images.height, image));
        return Math.min(BANDS - 1, Math.floor(down * BANDS)) + Math.min(across, 0.9999);
      });
    case 'time':
      return rows.map((row) => at(updatedAt, row));
    case 'disagreement':
      return numbers((row) => others.disagreement?.[row] ?? Number.NaN);
  }
}
