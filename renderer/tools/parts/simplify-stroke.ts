import type { ImagePoint } from '../../../shared/geometry/point';
import { distanceToSegment } from '../../../shared/geometry/segment';

/**
 * A stroke by fewer points: none of those left out lies further than `tolerance` image px from the line that is kept
 * (Douglas and Peucker 1973). Both ends stay. O(n²) at worst, O(n log n) on strokes of a hand.
 */
export function simplifiedStroke(points: readonly ImagePoint[], tolerance: number): readonly ImagePoint[] {
  const kept = new Set([0, points.length - 1]);
  const spans: (readonly [number, number])[] = [[0, points.length - 1]];
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const [from, to] = span;
    const furthest = furthestBetween(points, from, to, tolerance);
    if (furthest === null) continue;
    kept.add(furthest);
    spans.push([from, furthest], [furthest, to]);
  }
  return points.filter((_point, index) => kept.has(index));
}

function furthestBetween(
  points: readonly ImagePoint[],
  from: number,
  to: number,
  tolerance: number,
): number | null {
  const start = points[from];
  const end = points[to];
  if (start === undefined || end === undefined) return null;
  let furthest: number | null = null;
  let most = tolerance;
  for (let index = from + 1; index < to; index += 1) {
    const point = points[index];
    const away = point === undefined ? 0 : distanceToSegment(point, start, end);
    if (away <= most) continue;
    most = away;
    furthest = index;
  }
  return furthest;
}
