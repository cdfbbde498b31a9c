import type { Size } from '../../geometry/rect';
import { type Annotation, IMAGE_STATES, type ImageState } from '../../schema/annotation';
import { SPLITS, type Split } from '../../schema/dataset-version';
import type { ImageId, LabelId } from '../../schema/ids';
import type { LabelSchema } from '../../schema/label-schema';
import { SHAPE_TYPES } from '../../schema/shapes';
import { behaviourOf } from '../../shapes';
import { type DatasetInput, type ObjectRows, type PictureFacts, ROW_FLAGS } from './dataset-input';
import { createHammingIndex } from './hamming-index';

/** A picture with its objects, as a dataset on disk gives them. */
export interface DatasetPicture {
  readonly id: ImageId;
  readonly name: string;
  readonly size: Size;
  readonly state: ImageState;
  readonly annotations: readonly Annotation[];
  readonly split: Split | null;
  /** Equal texts mean byte-identical files. */
  readonly content: string;
  /** The two words of its perceptual hash; null where it is not known. */
  readonly look: readonly [high: number, low: number] | null;
}

/** What rules over a dataset read, made at once of pictures that are all in memory. */
export function datasetInputOf(pictures: readonly DatasetPicture[], schema: LabelSchema): DatasetInput {
  return { objects: rowsOfPictures(pictures), pictures: pictureFactsOf(pictures), schema };
}

/** What `PictureFacts` take of a picture. */
export type PictureFact = Pick<DatasetPicture, 'name' | 'split' | 'content' | 'look'>;

export function pictureFactsOf(pictures: readonly PictureFact[]): PictureFacts {
  const contents = new Map<string, number>();
  const isKnown = Uint8Array.from(pictures, ({ look }) => (look === null ? 0 : 1));
  return {
    split: Uint8Array.from(pictures, ({ split }) => (split === null ? 0 : SPLITS.indexOf(split) + 1)),
    content: Uint32Array.from(pictures, ({ content }) => {
      const number = contents.get(content) ?? contents.size;
      contents.set(content, number);
      return number;
    }),
    looks: createHammingIndex({
      high: Uint32Array.from(pictures, ({ look }) => look?.[0] ?? 0),
      low: Uint32Array.from(pictures, ({ look }) => look?.[1] ?? 0),
      isKnown,
    }),
    nameAt: (ordinal) => pictures[ordinal]?.name ?? '',
  };
}

function rowsOfPictures(pictures: readonly DatasetPicture[]): ObjectRows {
  const rows = pictures.flatMap(({ annotations }, ordinal) =>
    annotations.map((annotation) => ({
      annotation,
      ordinal,
      bounds: behaviourOf(annotation.shape).bounds(annotation.shape),
    })),
  );
  const labelIds = [...new Set(rows.map(({ annotation }) => annotation.labelId))];
  const labelNumber = new Map<LabelId, number>(labelIds.map((id, number) => [id, number]));
  const columns = {
    ordinal: Uint32Array.from(rows, ({ ordinal }) => ordinal),
    label: Uint16Array.from(rows, ({ annotation }) => labelNumber.get(annotation.labelId) ?? 0),
    x: Float32Array.from(rows, ({ bounds }) => bounds.x),
    y: Float32Array.from(rows, ({ bounds }) => bounds.y),
    width: Float32Array.from(rows, ({ bounds }) => bounds.width),
    height: Float32Array.from(rows, ({ bounds }) => bounds.height),
    area: Float32Array.from(rows, ({ annotation: { shape } }) => behaviourOf(shape).area(shape)),
    shape: Uint8Array.from(rows, ({ annotation }) => SHAPE_TYPES.indexOf(annotation.shape.type)),
    flags: Uint8Array.from(rows, ({ annotation }) => (annotation.isCrowd ? ROW_FLAGS.crowd : 0)),
  };
  const images = {
    width: Uint32Array.from(pictures, ({ size }) => size.width),
    height: Uint32Array.from(pictures, ({ size }) => size.height),
    state: Uint8Array.from(pictures, ({ state }) => IMAGE_STATES.indexOf(state)),
  };
  const firstRow = new Map<number, number>();
  rows.forEach(({ ordinal }, row) => {
    if (!firstRow.has(ordinal)) firstRow.set(ordinal, row);
  });
  return {
    rowCount: rows.length,
    imageCount: pictures.length,
    labelIds,
    columns: () => columns,
    images: () => images,
    rowsOf(ordinal) {
      const first = firstRow.get(ordinal) ?? 0;
      const count = pictures[ordinal]?.annotations.length ?? 0;
      return Uint32Array.from({ length: count }, (_, index) => first + index);
    },
    imageIdAt: (ordinal) => pictures[ordinal]?.id ?? null,
    idOf: (row) => {
      const found = rows[row];
      if (found === undefined) throw new RangeError(`There is no row ${row}.`);
      return found.annotation.id;
    },
  };
}
