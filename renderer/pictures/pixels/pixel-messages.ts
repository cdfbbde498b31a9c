import type { AppError } from '../../../shared/result/app-error';
import type { MaskShape } from '../../../shared/schema/shapes';
import type { PictureAdjustments } from '../../editor/display-settings';
import type { PixelSample } from '../../editor/pixel-services';
import type { SampleWindow } from './deep-pixels';

/** Where the pixels of a picture come from; sizes in image px, those of the record. */
export interface PixelPicture {
  readonly url: string;
  /** Where its 16-bit samples come from if it has any; null when it cannot have. */
  readonly deepUrl: string | null;
  /** Where a part of a huge one comes from as PNG, around `left/top/width/height`; null when it is read whole. */
  readonly partUrl: { readonly before: string; readonly after: string } | null;
  readonly width: number;
  readonly height: number;
}

export type PixelWork =
  | { readonly kind: 'wire'; readonly x: number; readonly y: number; readonly reach: number }
  | {
      readonly kind: 'wand';
      readonly x: number;
      readonly y: number;
      readonly tolerance: number;
      readonly isContiguous: boolean;
    }
  | { readonly kind: 'sample'; readonly x: number; readonly y: number }
  | { readonly kind: 'adjust'; readonly adjustments: PictureAdjustments }
  | { readonly kind: 'facts' };

/** A later task of a kind overtakes the earlier ones. `picture: null` lets go of the pixels. */
export type ToPixelWorker =
  | { readonly id: number; readonly picture: PixelPicture; readonly work: PixelWork }
  | { readonly id: number; readonly picture: null; readonly work: null };

/** What is known of the values of a picture. */
export interface PixelFacts {
  readonly bits: 8 | 16;
  /** The window that fits the picture; null for 8 bits. */
  readonly fittingWindow: SampleWindow | null;
}

export type PixelAnswer =
  | {
      readonly kind: 'wire';
      /** The window the wire was grown in, in image px, and the way back from each of its pixels. */
      readonly left: number;
      readonly top: number;
      readonly width: number;
      readonly height: number;
      readonly toSeed: Uint8Array<ArrayBuffer>;
    }
  | { readonly kind: 'wand'; readonly shape: MaskShape | null; readonly isPart: boolean }
  | { readonly kind: 'sample'; readonly sample: PixelSample | null }
  | { readonly kind: 'adjust'; readonly bitmap: ImageBitmap }
  | { readonly kind: 'facts'; readonly facts: PixelFacts }
  | { readonly kind: 'released' }
  | { readonly kind: 'failed'; readonly error: AppError };

export interface FromPixelWorker {
  readonly id: number;
  readonly answer: PixelAnswer;
}
