import { maskUnion } from '../../geometry/mask-combine';
import { maskOfRings } from '../../geometry/mask-fill';
import type { MaskRuns } from '../../geometry/mask-runs';
import type { Size } from '../../geometry/rect';
import type { PolygonShape } from '../../schema/shapes';

/** The pixels of a picture whose centres lie inside any part of a polygon and in none of that part's holes; null for none. */
export function pixelsOfPolygon({ parts }: PolygonShape, picture: Size): MaskRuns | null {
  const within = { x: 0, y: 0, width: picture.width, height: picture.height };
  let pixels: MaskRuns | null = null;
  for (const { exterior, holes } of parts) {
    const ofPart = maskOfRings([exterior, ...holes], within);
    pixels = pixels === null || ofPart === null ? (pixels ?? ofPart) : maskUnion(pixels, ofPart);
  }
  return pixels;
}
