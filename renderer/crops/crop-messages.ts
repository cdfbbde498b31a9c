import type { AppError } from '../../shared/result/app-error';
import type { PictureTask } from '../pictures/picture-messages';
import type { CropRegion } from './crop-region';
import type { Grouping } from './k-means';

/** The picture that crops are of. */
export interface CropPicture {
  readonly contentHash: string;
  readonly open: Extract<PictureTask, { kind: 'open' }>;
  /** Of a huge picture: where a part of it comes from at full size, `before` + x/y/width/height + `after`. */
  readonly partUrl: { readonly before: string; readonly after: string } | null;
}

export interface CropOrder {
  readonly row: number;
  readonly region: CropRegion;
  /** Lines as x, y, … in image px; see `ObjectDetail.outline`. */
  readonly outline: readonly Float32Array[];
  /** A CSS colour; null for no outline. */
  readonly color: string | null;
}

/**
 * All crops asked of one picture: it is decoded once for them. `draw` gives bitmaps of `side` x `side` device px, `look`
 * gives descriptors (see `look-descriptor.ts`).
 */
export interface CropTask {
  readonly kind: 'draw' | 'look';
  readonly picture: CropPicture;
  readonly crops: readonly CropOrder[];
  readonly side: number;
}

/** Puts looks that are alike into groups. */
export interface GroupTask {
  readonly kind: 'group';
  /** `LOOK_LENGTH` numbers an object, one after the other. */
  readonly looks: Float32Array;
  readonly groupCount: number;
  readonly seed: number;
}

export type ToCropWorker = { readonly id: number; readonly task: CropTask | GroupTask | null };

export type CropAnswer =
  | {
      readonly kind: 'drawn';
      readonly crops: readonly { readonly row: number; readonly bitmap: ImageBitmap }[];
    }
  | {
      readonly kind: 'look';
      readonly looks: readonly { readonly row: number; readonly look: Float32Array }[];
    }
  | { readonly kind: 'grouped'; readonly grouping: Grouping }
  | { readonly kind: 'failed'; readonly error: AppError };

export interface FromCropWorker {
  readonly id: number;
  readonly answer: CropAnswer;
}
