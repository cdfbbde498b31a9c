import type { AnnotationId, ImageId, LabelId } from '../../schema/ids';
import type { LabelSchema } from '../../schema/label-schema';
import type { HammingIndex } from './hamming-index';

/** Bits of `flags` that rules read. */
export const ROW_FLAGS = { crowd: 16, gone: 128 } as const;

/**
 * All objects of a project by row, in columns: rules over 2,000,000 objects read typed arrays and make no object an
 * object. Bounds in image px. A row whose `gone` flag is set holds nothing.
 */
export interface ObjectRows {
  readonly rowCount: number;
  readonly imageCount: number;
  /** What `label` points into; merged labels are here under their own id. */
  readonly labelIds: readonly LabelId[];
  columns(): {
    /** Place of the object's image. */
    readonly ordinal: Uint32Array;
    readonly label: Uint16Array;
    readonly x: Float32Array;
    readonly y: Float32Array;
    readonly width: Float32Array;
    readonly height: Float32Array;
    /** In image px²; 0 for lines and points. */
    readonly area: Float32Array;
    /** Into `SHAPE_TYPES`. */
    readonly shape: Uint8Array;
    readonly flags: Uint8Array;
  };
  /** By ordinal. */
  images(): {
    /** In image px. */
    readonly width: Uint32Array;
    readonly height: Uint32Array;
    /** Into `IMAGE_STATES`. */
    readonly state: Uint8Array;
  };
  /** Rows of an image's objects. */
  rowsOf(ordinal: number): Uint32Array;
  imageIdAt(ordinal: number): ImageId | null;
  idOf(row: number): AnnotationId;
}

/** What is known of each picture beside its objects, by ordinal. */
export interface PictureFacts {
  /** Into `SPLITS` plus one; 0 when the picture is in no split. */
  readonly split: Uint8Array;
  /** Equal numbers mean byte-identical files. */
  readonly content: Uint32Array;
  /** Looks of the pictures whose perceptual hash is known. */
  readonly looks: HammingIndex;
  /** For people: the picture's name. */
  nameAt(ordinal: number): string;
}

export interface DatasetInput {
  readonly objects: ObjectRows;
  readonly pictures: PictureFacts;
  readonly schema: LabelSchema;
}
