import type { ImagePoint } from '../../shared/geometry/point';
import type { Result } from '../../shared/result/result';
import type { MaskShape } from '../../shared/schema/shapes';

/** The cheapest ways from every pixel of a window to one seed; looking one up is instant. */
export interface WireField {
  readonly seed: ImagePoint;
  /** The way from the seed to `to` in image px, along edges of the picture; a straight line outside of the window. */
  pathTo(to: ImagePoint): readonly ImagePoint[];
}

/** One pixel of the picture as it is stored. */
export interface PixelSample {
  /** Red, green, blue (and alpha when the picture has it), or one grey; 0 to 255, for 16-bit pictures 0 to 65,535. */
  readonly channels: readonly number[];
  readonly bits: 8 | 16;
}

/** What the wand found. */
export interface AlikePixels {
  readonly shape: MaskShape;
  /** Whether only the part of the picture around the seed was searched, as it is too large to be held whole. */
  readonly isPart: boolean;
}

/** What tools may ask of the open picture's pixels. Work runs in a worker; later calls overtake earlier ones of a kind. */
export interface PixelServices {
  /** Live-wire (Mortensen and Barrett 1995) over a window of `reach` image px around the seed. */
  wire(seed: ImagePoint, reach: number): Promise<Result<WireField>>;
  /** Pixels alike to the one at the seed. `edit.too-small` when there is none beside it. */
  wand(
    seed: ImagePoint,
    options: { readonly tolerance: number; readonly isContiguous: boolean },
  ): Promise<Result<AlikePixels>>;
  /** Null outside of the picture and while it is not decoded. */
  sample(at: ImagePoint): Promise<PixelSample | null>;
}
