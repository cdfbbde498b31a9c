import type { AppError } from '../../shared/result/app-error';
import type { PictureAdjustments } from '../editor/display-settings';
import type { Place } from './equalise';

/**
 * What the page asks the picture worker. `width` and `height` are those of the record, in image px; `deepUrl` is where
 * 16-bit samples come from, null for pictures that cannot have any; `salvageUrl` is where what is left of a damaged file
 * comes from, null where the parts of a picture are salvaged one by one.
 */
export type PictureTask =
  | {
      readonly kind: 'open';
      readonly url: string;
      readonly deepUrl: string | null;
      readonly salvageUrl: string | null;
      readonly width: number;
      readonly height: number;
    }
  | {
      readonly kind: 'thumbnail';
      readonly url: string;
      /** Where a PNG with 16 bits a channel comes from small; Chromium would show most of them black. */
      readonly deepPngUrl: string | null;
      readonly cachedUrl: string;
    }
  /** A tile of a huge picture, `width` x `height` px. */
  | {
      readonly kind: 'tile';
      readonly url: string;
      readonly width: number;
      readonly height: number;
      readonly look: TileLook | null;
    }
  /** Whether a huge picture is damaged, which is known when its tiles are made. */
  | { readonly kind: 'damage'; readonly url: string };

/** How a tile's pixels are adjusted; local equalisation goes by the whole picture's overview. */
export interface TileLook {
  readonly adjustments: PictureAdjustments;
  readonly overviewUrl: string;
  readonly place: Place;
}

/** A picture of which not all could be decoded. `fromRow`: counted in the file from its first row, where known. */
export interface PictureDamage {
  readonly fromRow: number | null;
}

export type ToPictureWorker =
  | { readonly id: number; readonly task: PictureTask }
  | { readonly id: number; readonly task: null };

/** `cached`: a thumbnail is on disk already; `thumbnail`: WebP bytes that were just made. */
export type PictureAnswer =
  | { readonly kind: 'bitmap'; readonly bitmap: ImageBitmap; readonly damage: PictureDamage | null }
  | { readonly kind: 'damage'; readonly damage: PictureDamage | null }
  | { readonly kind: 'cached' }
  | { readonly kind: 'thumbnail'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'failed'; readonly error: AppError };

export interface FromPictureWorker {
  readonly id: number;
  readonly answer: PictureAnswer;
}
