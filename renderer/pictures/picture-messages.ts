import type { AppError } from '../../shared/result/app-error';

/**
 * What the page asks the picture worker. `width` and `height` are those of the record, in image px; `deepUrl` is where
 * 16-bit samples come from, null for pictures that cannot have any.
 */
export type PictureTask =
  | {
      readonly kind: 'open';
      readonly url: string;
      readonly deepUrl: string | null;
      readonly width: number;
      readonly height: number;
    }
  | { readonly kind: 'thumbnail'; readonly url: string; readonly cachedUrl: string };

export type ToPictureWorker =
  | { readonly id: number; readonly task: PictureTask }
  | { readonly id: number; readonly task: null };

/** `cached`: a thumbnail is on disk already; `thumbnail`: WebP bytes that were just made. */
export type PictureAnswer =
  | { readonly kind: 'bitmap'; readonly bitmap: ImageBitmap }
  | { readonly kind: 'cached' }
  | { readonly kind: 'thumbnail'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'failed'; readonly error: AppError };

export interface FromPictureWorker {
  readonly id: number;
  readonly answer: PictureAnswer;
}
