import type { Vertex } from '../../../shared/schema/shapes';
import type { OutlineRing } from '../../../shared/shapes/shape-behaviour';

/** Positions this near to a vertex are the vertex: rounding of projections. */
const SAME_POSITION = 1e-9;

/**
 * The ways along an outline from one place on it to another, shortest first: the vertices strictly between the two.
 * A closed ring has two ways, an open line one. Places are as in `RingPlace.position`. O(vertices of the ring).
 */
export function waysBetween(ring: OutlineRing, from: number, to: number): readonly (readonly Vertex[])[] {
  const { points, isClosed } = ring;
  const count = points.length;
  if (count < 2) return [];
  if (!isClosed) {
    const way = passed(points, Math.min(from, to), Math.max(from, to));
    return [from <= to ? way : [...way].reverse()];
  }
  const start = mod(from, count);
  const end = mod(to, count);
  if (Math.abs(start - end) < SAME_POSITION) return [];
  const onward = passed(points, start, end > start ? end : end + count);
  const back = [...passed(points, end, start > end ? start : start + count)].reverse();
  const [a, b] = [placeAt(ring, start), placeAt(ring, end)];
  const isOnwardShorter = lengthOf([a, ...onward, b]) <= lengthOf([a, ...back, b]);
  return isOnwardShorter ? [onward, back] : [back, onward];
}

/** Vertices with a position between two, counted on past the end of a closed ring. */
function passed(points: readonly Vertex[], from: number, to: number): readonly Vertex[] {
  const found: Vertex[] = [];
  for (let index = Math.floor(from + SAME_POSITION) + 1; index < to - SAME_POSITION; index += 1) {
    const vertex = points[index % points.length];
    if (vertex !== undefined) found.push(vertex);
  }
  return found;
}

function placeAt({ points }: OutlineRing, position: number): Vertex {
  const from = points[Math.floor(position) % points.length] ?? { x: 0, y: 0 };
  const to = points[(Math.floor(position) + 1) % points.length] ?? from;
  const along = position - Math.floor(position);
  return { x: from.x + along * (to.x - from.x), y: from.y + along * (to.y - from.y) };
}

function lengthOf(points: readonly Vertex[]): number {
  let length = 0;
  for (let index = 1; index < points.length; index += 1) {
    const from = points[index - 1];
    const to = points[index];
    if (from !== undefined && to !== undefined) length += Math.hypot(to.x - from.x, to.y - from.y);
  }
  return length;
}

function mod(position: number, count: number): number {
  return ((position % count) + count) % count;
}
