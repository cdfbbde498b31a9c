/**
 * Set and unset pixels of a window of the picture, one byte a pixel (1 set, 0 not), row by row. Integers, image px.
 * What brushes and conversions work on; masks are stored run-length encoded (`schema/shapes/mask.ts`).
 */
export interface MaskRaster {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}
