import type { Rect } from '../../shared/geometry/rect';

/** Shown around an object on every side, as a part of its longer side: enough to see what it stands on. */
const PADDING = 0.15;

/** No region is smaller, in image px: single points and slivers are seen with what is around them. */
const LEAST_SIDE = 24;

/** A square of the picture in image px; it may reach beyond the picture, where nothing is drawn. */
export interface CropRegion {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** The square around an object, with padding. */
export function regionAround({ x, y, width, height }: Rect): CropRegion {
  const side = Math.max(LEAST_SIDE, Math.max(width, height) * (1 + 2 * PADDING));
  return { x: x + width / 2 - side / 2, y: y + height / 2 - side / 2, side };
}

/** Whole image px inside of the picture that cover the region; null where it lies outside. */
export function pixelsOf(
  region: CropRegion,
  picture: { readonly width: number; readonly height: number },
): Rect | null {
  const left = Math.max(0, Math.floor(region.x));
  const top = Math.max(0, Math.floor(region.y));
  const right = Math.min(picture.width, Math.ceil(region.x + region.side));
  const bottom = Math.min(picture.height, Math.ceil(region.y + region.side));
  return right <= left || bottom <= top
    ? null
    : { x: left, y: top, width: right - left, height: bottom - top };
}
