import type { BoxShape } from '../../schema/shapes';
import { LARGEST_COORDINATE } from '../../schema/shapes/coordinate';

/** The box between edges in image px, or null when it has no width or height, or is beyond all pictures. */
export function boxFromEdges(left: number, top: number, right: number, bottom: number): BoxShape | null {
  return boxFromCorner(left, top, right - left, bottom - top);
}

/** The box of a corner and its sides in image px, or null as above. Comparisons refuse NaN by themselves. */
export function boxFromCorner(x: number, y: number, width: number, height: number): BoxShape | null {
  const isBox =
    Math.abs(x) <= LARGEST_COORDINATE &&
    Math.abs(y) <= LARGEST_COORDINATE &&
    width > 0 &&
    height > 0 &&
    width <= LARGEST_COORDINATE &&
    height <= LARGEST_COORDINATE;
  return isBox ? { type: 'box', x, y, width, height } : null;
}
