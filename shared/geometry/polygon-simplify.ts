import { findCrossing } from './polygon-crossing';
import type { Place } from './polygon-part';
import { distanceToSegment } from './segment';

/**
 * The line with the fewest of its own vertices such that no vertex left out lies farther than `tolerance` (image px)
 * from it (Ramer 1972, Douglas and Peucker 1973). Its ends stay.
 */
export function simplifiedLine(points: readonly Place[], tolerance: number): readonly Place[] {
  if (points.length < 3) return points;
  const isKept = new Uint8Array(points.length);
  isKept[0] = 1;
  isKept[points.length - 1] = 1;
  keepFarthest(points, 0, points.length - 1, tolerance, isKept);
  return points.filter((_, index) => isKept[index] === 1);
}

/**
 * As `simplifiedLine` for a closed ring. A ring that would cross itself is simplified less, and one that would lose its
 * area stays as it is. One that crosses itself anyway, e.g. a wire that went there and back, is simplified all the same.
 */
export function simplifiedRing(ring: readonly Place[], tolerance: number): readonly Place[] {
  if (ring.length < 4) return ring;
  for (let attempt = tolerance; attempt > tolerance / 16; attempt /= 2) {
    const candidate = ringWithin(ring, attempt);
    if (candidate.length >= 3 && findCrossing([candidate]) === null) return candidate;
  }
  if (findCrossing([ring]) === null) return ring;
  const candidate = simplifiedLine([...ring, ...ring.slice(0, 1)], tolerance).slice(0, -1);
  return candidate.length >= 3 ? candidate : ring;
}

function ringWithin(ring: readonly Place[], tolerance: number): readonly Place[] {
  // A ring has no ends: it is split at two vertices that are far apart, which stay.
  const start = farthestFrom(ring, ring[0]);
  const turned = [...ring.slice(start), ...ring.slice(0, start)];
  const opposite = farthestFrom(turned, turned[0]);
  const closed = [...turned, ...turned.slice(0, 1)];
  const isKept = new Uint8Array(closed.length);
  isKept[0] = 1;
  isKept[opposite] = 1;
  keepFarthest(closed, 0, opposite, tolerance, isKept);
  keepFarthest(closed, opposite, closed.length - 1, tolerance, isKept);
  return turned.filter((_, index) => isKept[index] === 1);
}

function farthestFrom(points: readonly Place[], from: Place | undefined): number {
  let farthest = 0;
  let reach = -1;
  points.forEach((point, index) => {
    const away = from === undefined ? 0 : Math.hypot(point.x - from.x, point.y - from.y);
    if (away <= reach) return;
    reach = away;
    farthest = index;
  });
  return farthest;
}

/** Marks between two kept vertices the one farthest from the line between them, and goes on on both sides of it. */
function keepFarthest(
  points: readonly Place[],
  first: number,
  last: number,
  tolerance: number,
  isKept: Uint8Array,
): void {
  // A list instead of recursion: 60,000 vertices may nest as deep.
  const open: [number, number][] = [[first, last]];
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    const [start, end] = span;
    const from = points[start];
    const to = points[end];
    if (from === undefined || to === undefined) continue;
    let farthest = -1;
    let reach = tolerance;
    for (let index = start + 1; index < end; index += 1) {
      const point = points[index];
      if (point === undefined) continue;
      const away = distanceToSegment(point, from, to);
      if (away <= reach) continue;
      reach = away;
      farthest = index;
    }
    if (farthest < 0) continue;
    isKept[farthest] = 1;
    open.push([start, farthest], [farthest, end]);
  }
}
