import type { Shape } from '../schema/shapes';

/**
 * The largest difference of a coordinate between two shapes, in image px; infinite when they are of different kinds or
 * have different numbers of points. For boxes all four edges are compared, so a shift of the far edge counts.
 */
export function shapeDifference(a: Shape, b: Shape): number {
  if (a.type === 'box' && b.type === 'box') {
    return Math.max(
      Math.abs(a.x - b.x),
      Math.abs(a.y - b.y),
      Math.abs(a.x + a.width - (b.x + b.width)),
      Math.abs(a.y + a.height - (b.y + b.height)),
    );
  }
  if (a.type === 'polyline' && b.type === 'polyline' && a.points.length === b.points.length) {
    let largest = 0;
    a.points.forEach((point, index) => {
      const other = b.points[index] ?? point;
      largest = Math.max(largest, Math.abs(point.x - other.x), Math.abs(point.y - other.y));
    });
    return largest;
  }
  return Number.POSITIVE_INFINITY;
}
