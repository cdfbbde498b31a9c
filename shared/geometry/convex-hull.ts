import type { ImagePoint } from './point';

/** The convex hull as a ring without collinear vertices (Andrew's monotone chain, O(n log n)). */
export function convexHull(points: readonly ImagePoint[]): readonly ImagePoint[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  if (sorted.length < 3) return sorted;
  const lower = halfHull(sorted);
  const upper = halfHull(sorted.reverse());
  return [...lower.slice(0, -1), ...upper.slice(0, -1)];
}

function halfHull(sorted: readonly ImagePoint[]): ImagePoint[] {
  const hull: ImagePoint[] = [];
  for (const point of sorted) {
    for (;;) {
      const last = hull[hull.length - 1];
      const before = hull[hull.length - 2];
      if (last === undefined || before === undefined) break;
      const turn = (last.x - before.x) * (point.y - before.y) - (last.y - before.y) * (point.x - before.x);
      if (turn > 0) break;
      hull.pop();
    }
    hull.push(point);
  }
  return hull;
}
