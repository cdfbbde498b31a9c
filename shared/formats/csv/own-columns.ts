import { behaviourOf } from '../../shapes';
import type { DatasetAnnotation, DatasetImage } from '../format';
import { csvLine } from '../parts/csv/csv-line';

/** The columns of our own table, in the order in which they are written; docs/formats/csv.md says what each holds. */
export const OWN_COLUMNS = [
  'image',
  'image_width',
  'image_height',
  'split',
  'state',
  'sequence',
  'frame',
  'timestamp_ms',
  'image_attributes',
  'label',
  'class_index',
  'shape',
  'x',
  'y',
  'width',
  'height',
  'geometry',
  'is_crowd',
  'score',
  'attributes',
  'group',
  'track',
  'is_keyframe',
  'is_outside',
  'note',
] as const;
export type OwnColumn = (typeof OWN_COLUMNS)[number];

/** Without these a table is not ours. */
export const OWN_MARKS: readonly OwnColumn[] = ['image', 'label', 'shape', 'geometry'];

export const OWN_LABEL_COLUMNS = [
  'class_index',
  'name',
  'supercategory',
  'color',
  'skeleton',
  'attributes',
  'allowed_shapes',
] as const;

/** The cells about a picture, which each of its rows repeats, so that a row can be understood alone. */
export function imageCells(image: DatasetImage): readonly (string | number)[] {
  const { key, size, split, state, frame, attributes } = image;
  return [
    key,
    size?.width ?? '',
    size?.height ?? '',
    split ?? '',
    state,
    frame?.sequence ?? '',
    frame?.index ?? '',
    frame?.timestampInMs ?? '',
    attributes === undefined || Object.keys(attributes).length === 0 ? '' : JSON.stringify(attributes),
  ];
}

/** The row of a picture on which there is nothing. */
export function emptyLine(ofImage: readonly (string | number)[]): string {
  return csvLine([...ofImage, ...OWN_COLUMNS.slice(ofImage.length).map(() => '')]);
}

/** The row of an object. Beside the whole geometry of other shapes stands the box around them, for those who look at boxes. */
export function annotationLine(
  ofImage: readonly (string | number)[],
  annotation: DatasetAnnotation,
  labelName: string,
): string {
  const { classIndex, shape, isCrowd, score, attributes } = annotation;
  const { groupId = '', trackId = '', isKeyframe = '', isOutside = '', note = '' } = annotation;
  const { x, y, width, height } = behaviourOf(shape).bounds(shape);
  return csvLine([
    ...ofImage,
    labelName,
    classIndex,
    shape.type,
    ...(shape.type === 'tag' ? ['', '', '', ''] : [x, y, width, height].map(plain)),
    shape.type === 'tag' || shape.type === 'box' ? '' : JSON.stringify(shape),
    isCrowd,
    score === null ? '' : plain(score),
    hasSome(attributes) ? JSON.stringify(attributes) : '',
    groupId,
    trackId,
    isKeyframe,
    isOutside,
    note,
  ]);
}

function hasSome(record: object): boolean {
  for (const _ in record) return true;
  return false;
}

/** Minus zero prints as 0. */
function plain(value: number): number {
  return value === 0 ? 0 : value;
}
