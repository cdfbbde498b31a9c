import type { DatasetAnnotation, DatasetImage } from '../format';
/** The columns of our own table, in the order in which they are written; docs/formats/csv.md says what each holds. */
export declare const OWN_COLUMNS: readonly ['image', 'image_width', 'image_height', 'split', 'state', 'sequence', 'frame', 'timestamp_ms', 'image_attributes', 'label', 'class_index', 'shape', 'x', 'y', 'width', 'height', 'geometry', 'is_crowd', 'score', 'attributes', 'group', 'track', 'is_keyframe', 'is_outside', 'note'];
export type OwnColumn = (typeof OWN_COLUMNS)[number];
/** Without these a table is not ours. */
export declare const OWN_MARKS: readonly OwnColumn[];
export declare const OWN_LABEL_COLUMNS: readonly ['class_index', 'name', 'supercategory', 'color', 'skeleton', 'attributes', 'allowed_shapes'];
/** The cells about a picture, which each of its rows repeats, so that a row can be understood alone. */
export declare function imageCells(image: DatasetImage): readonly (string | number)[];
/** The row of a picture on which there is nothing. */
export declare function emptyLine(ofImage: readonly (string | number)[]): string;
/** The row of an object. Beside the whole geometry of other shapes stands the box around them, for those who look at boxes. */
export declare function annotationLine(ofImage: readonly (string | number)[], annotation: DatasetAnnotation, labelName: string): string;
