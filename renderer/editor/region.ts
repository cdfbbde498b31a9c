import type { ImagePoint } from '../../shared/geometry/point';
import { boundsOfPoints, type Rect, rectContains } from '../../shared/geometry/rect';
import { isInsideRing } from '../../shared/geometry/ring';
import { segmentsMeet } from '../../shared/geometry/segment';
import type { Shape } from '../../shared/schema/shapes';
import { behaviourOf } from '../../shared/shapes';
import type { OutlineRing } from '../../shared/shapes/shape-behaviour';

/** A part of the picture, in image px, by which objects are picked. */
export interface Region {
  readonly bounds: Rect;
  /** The region is exactly its bounds. */
  readonly isRect: boolean;
  holds(point: { readonly x: number; readonly y: number }): boolean;
  /** Its border, closed. */
  readonly border: readonly ImagePoint[];
}

export function rectRegion(rect: Rect): Region {
  const right = rect.x + rect.width;
  const bottom = rect.y + rect.height;
  return {
    bounds: rect,
    isRect: true,
    holds: (point) => rectContains(rect, point),
    border: [
      { x: rect.x, y: rect.y },
      { x: right, y: rect.y },
      { x: right, y: bottom },
      { x: rect.x, y: bottom },
    ],
  };
}

/** What a freehand line goes round; its last point joins its first. */
export function lassoRegion(points: readonly ImagePoint[]): Region {
  return {
    bounds: boundsOfPoints(points) ?? { x: 0, y: 0, width: 0, height: 0 },
    isRect: false,
    holds: (point) => isInsideRing(points, point),
    border: points,
  };
}

/** Whether a shape with these bounds lies wholly inside. */
export function isWithin(region: Region, shape: Shape, bounds: Rect): boolean {
  if (!isRectWithin(bounds, region.bounds)) return false;
  if (region.isRect) return true;
  const outline = behaviourOf(shape).outline(shape);
  return outline.every(({ points }) => points.every(region.holds)) && !crosses(region, outline);
}

/**
 * Whether a shape's outline meets the region or lies in it. An area that holds the whole region does not count: a road
 * over the whole picture would be picked with everything that stands on it.
 */
export function isTouched(region: Region, shape: Shape, bounds: Rect): boolean {
  if (region.isRect && isRectWithin(bounds, region.bounds)) return true;
  const outline = behaviourOf(shape).outline(shape);
  return outline.some(({ points }) => points.some(region.holds)) || crosses(region, outline);
}

function isRectWithin(inner: Rect, outer: Rect): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

function crosses({ border, bounds }: Region, outline: readonly OutlineRing[]): boolean {
  return outline.some(({ points, isClosed }) => {
    for (let index = isClosed ? 0 : 1; index < points.length; index += 1) {
      const from = points[index === 0 ? points.length - 1 : index - 1];
      const to = points[index];
      if (from === undefined || to === undefined || isBeside(from, to, bounds)) continue;
      for (let side = 0; side < border.length; side += 1) {
        const start = border[side === 0 ? border.length - 1 : side - 1];
        const end = border[side];
        if (start !== undefined && end !== undefined && segmentsMeet(from, to, start, end)) return true;
      }
    }
    return false;
  });
}

/** Both ends beyond the same side: the segment cannot reach in. */
function isBeside(
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
  bounds: Rect,
): boolean {
  const right = bounds.x + bounds.width;
  const bottom = bounds.y + bounds.height;
  return (
    (from.x < bounds.x && to.x < bounds.x) ||
    (from.x > right && to.x > right) ||
    (from.y < bounds.y && to.y < bounds.y) ||
    (from.y > bottom && to.y > bottom)
  );
}
