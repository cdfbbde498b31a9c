import type { ImagePoint } from './point';

/** An axis-aligned rectangle in image px; width and height are never negative. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The rectangle spanned by two opposite corners in any order. */
export function rectFromCorners(a: ImagePoint, b: ImagePoint): Rect {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return { x, y, width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
}

export function rectContains(rect: Rect, point: ImagePoint): boolean {
  return (
    point.x >= rect.x &&
    point.x <= rect.x + rect.width &&
    point.y >= rect.y &&
    point.y <= rect.y + rect.height
  );
}

/** The common part, or null when they do not overlap; touching edges count as a part with zero area. */
export function intersectRects(a: Rect, b: Rect): Rect | null {
  const left = Math.max(a.x, b.x);
  const top = Math.max(a.y, b.y);
  const right = Math.min(a.x + a.width, b.x + b.width);
  const bottom = Math.min(a.y + a.height, b.y + b.height);
  if (right < left || bottom < top) return null;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

export function unionRects(a: Rect, b: Rect): Rect {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}

/** The smallest rectangle around points; null for no points. */
export function boundsOfPoints(points: readonly ImagePoint[]): Rect | null {
  const first = points[0];
  if (first === undefined) return null;
  let left = first.x;
  let right = first.x;
  let top = first.y;
  let bottom = first.y;
  for (const point of points) {
    if (point.x < left) left = point.x;
    else if (point.x > right) right = point.x;
    if (point.y < top) top = point.y;
    else if (point.y > bottom) bottom = point.y;
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** Moves a rectangle the least needed to lie inside `size`; one larger than `size` is cut to it. */
export function rectMovedInside(rect: Rect, size: Size): Rect {
  const width = Math.min(rect.width, size.width);
  const height = Math.min(rect.height, size.height);
  return {
    x: clamp(rect.x, 0, size.width - width),
    y: clamp(rect.y, 0, size.height - height),
    width,
    height,
  };
}

/**
 * Intersection over union of two rectangles, 0 to 1 (Jaccard index, as in the PASCAL VOC challenge,
 * without its +1 px). Two rectangles with no area have an IoU of 0.
 */
export function rectIoU(a: Rect, b: Rect): number {
  const common = intersectRects(a, b);
  if (common === null) return 0;
  const commonArea = common.width * common.height;
  const unionArea = a.width * a.height + b.width * b.height - commonArea;
  return unionArea <= 0 ? 0 : commonArea / unionArea;
}
