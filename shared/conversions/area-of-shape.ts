import { convexHull } from '../geometry/convex-hull';
import { maskUnion } from '../geometry/mask-combine';
import { maskOfRings } from '../geometry/mask-fill';
import { partsOfMask } from '../geometry/mask-parts';
import type { MaskRuns } from '../geometry/mask-runs';
import { areaUnion } from '../geometry/polygon-boolean';
import { findCrossing } from '../geometry/polygon-crossing';
import { type AreaPart, ringsOfParts } from '../geometry/polygon-part';
import type { Rect, Size } from '../geometry/rect';
import { ok, type Result } from '../result/result';
import type { Shape } from '../schema/shapes';
import { behaviourOf } from '../shapes';
import { runsOfShape } from '../shapes/mask/mask-pixels';

/**
 * What a shape covers, as areas in image px: pixel edges for masks, the silhouette for cuboids. Null for what covers
 * nothing. Rings may cross themselves where the shape's do.
 */
export function partsOfShape(shape: Shape): readonly AreaPart[] | null {
  switch (shape.type) {
    case 'polygon':
      return shape.parts;
    case 'mask':
      return partsOfMask(runsOfShape(shape));
    case 'cuboid':
      return [{ exterior: convexHull([...shape.front, ...shape.back]), holes: [] }];
    case 'box':
    case 'rotated-box':
    case 'ellipse':
      return behaviourOf(shape)
        .outline(shape)
        .map(({ points }) => ({ exterior: points, holes: [] }));
    default:
      return null;
  }
}

/** The same area in parts that neither cross themselves nor overlap; what is so already keeps its vertices. */
export function simpleParts(parts: readonly AreaPart[]): Result<readonly AreaPart[]> {
  return parts.length === 1 && findCrossing(ringsOfParts(parts)) === null ? ok(parts) : areaUnion([parts]);
}

/** The pixels of the picture whose centres a shape covers; null when none, or when it covers nothing. */
export function pixelsOfShape(shape: Shape, picture: Size): MaskRuns | null {
  return pixelsInWindow(shape, { x: 0, y: 0, ...picture });
}

/** The same of any window (integers, image px). A mask is taken whole. */
export function pixelsInWindow(shape: Shape, window: Rect): MaskRuns | null {
  if (shape.type === 'mask') return runsOfShape(shape);
  let pixels: MaskRuns | null = null;
  for (const part of partsOfShape(shape) ?? []) {
    const filled = maskOfRings(ringsOfParts([part]), window);
    if (filled !== null) pixels = pixels === null ? filled : maskUnion(pixels, filled);
  }
  return pixels;
}
