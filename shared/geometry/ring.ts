import type { ImagePoint } from './point';
import { distanceToSegment } from './segment';

/** Area in px² of a closed ring, whichever way round it runs (shoelace formula; of a ring that does not cross itself). */
export function ringArea(ring: readonly ImagePoint[]): number {
  const origin = ring[0];
  if (origin === undefined) return 0;
  // Taken from the first vertex, so that far from the origin no digits are lost.
  let doubled = 0;
  let previous = ring[ring.length - 1] ?? origin;
  for (const vertex of ring) {
    doubled +=
      (previous.x - origin.x) * (vertex.y - origin.y) - (vertex.x - origin.x) * (previous.y - origin.y);
    previous = vertex;
  }
  return Math.abs(doubled) / 2;
}

/** True when a ray from the point crosses the closed ring an odd number of times. */
export function isInsideRing(ring: readonly ImagePoint[], { x, y }: ImagePoint): boolean {
  let isInside = false;
  let previous = ring[ring.length - 1];
  if (previous === undefined) return false;
  for (const vertex of ring) {
    if (
      vertex.y > y !== previous.y > y &&
      x < ((previous.x - vertex.x) * (y - vertex.y)) / (previous.y - vertex.y) + vertex.x
    ) {
      isInside = !isInside;
    }
    previous = vertex;
  }
  return isInside;
}

/** Distance to the lines through the points in their order; infinite for no points. */
export function distanceToPath(points: readonly ImagePoint[], isClosed: boolean, point: ImagePoint): number {
  let previous = isClosed ? points[points.length - 1] : points[0];
  let nearest = Number.POSITIVE_INFINITY;
  if (previous === undefined) return nearest;
  for (const vertex of points) {
    nearest = Math.min(nearest, distanceToSegment(point, previous, vertex));
    previous = vertex;
  }
  return nearest;
}

/** True when all points lie on one line (or are one point), so that they enclose nothing however they are joined. */
export function areCollinear(points: readonly ImagePoint[]): boolean {
  const first = points[0];
  if (first === undefined) return true;
  let farthest = first;
  let reach = 0;
  for (const point of points) {
    const away = Math.hypot(point.x - first.x, point.y - first.y);
    if (away > reach) {
      reach = away;
      farthest = point;
    }
  }
  return points.every(
    (point) =>
      Math.abs((farthest.x - first.x) * (point.y - first.y) - (farthest.y - first.y) * (point.x - first.x)) <=
      reach * 1e-9,
  );
}
