import type { Place } from './polygon-part';
import type { Rect } from './rect';
import { createSpatialIndex } from './spatial-index';

interface Edge {
  readonly number: number;
  readonly from: Place;
  readonly to: Place;
}

/** Few enough edges that trying all pairs is faster than an index over them. */
const FEW_EDGES = 24;

/**
 * A place where two edges of closed rings cross or run along each other, or null. Rings that only touch at a vertex do
 * not cross. Each edge is tried against those whose boxes meet its own: O(n log n) for outlines as people draw them,
 * slower when very many long slanting edges lie side by side.
 */
export function findCrossing(rings: readonly (readonly Place[])[]): Place | null {
  const edges = edgesOf(rings);
  if (edges.length <= FEW_EDGES) {
    for (const [at, a] of edges.entries()) {
      for (const b of edges.slice(at + 1)) {
        const crossing = crossingOf(a, b);
        if (crossing !== null) return crossing;
      }
    }
    return null;
  }
  const index = createSpatialIndex(edges.map((edge) => [edge.number, boxOf(edge), edge] as const));
  for (const edge of edges) {
    for (const { item } of index.search(boxOf(edge))) {
      if (item.number <= edge.number) continue;
      const crossing = crossingOf(edge, item);
      if (crossing !== null) return crossing;
    }
  }
  return null;
}

function edgesOf(rings: readonly (readonly Place[])[]): readonly Edge[] {
  const edges: Edge[] = [];
  for (const ring of rings) {
    ring.forEach((from, index) => {
      const to = ring[(index + 1) % ring.length] ?? from;
      if (from.x !== to.x || from.y !== to.y) edges.push({ number: edges.length, from, to });
    });
  }
  return edges;
}

function boxOf({ from, to }: Edge): Rect {
  return {
    x: Math.min(from.x, to.x),
    y: Math.min(from.y, to.y),
    width: Math.abs(from.x - to.x),
    height: Math.abs(from.y - to.y),
  };
}

/** Twice the area of the triangle: positive when `point` lies to the right of the way from `from` to `to` as seen. */
function side(from: Place, to: Place, point: Place): number {
  return (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x);
}

function crossingOf(a: Edge, b: Edge): Place | null {
  const fromSide = side(a.from, a.to, b.from);
  const toSide = side(a.from, a.to, b.to);
  if (fromSide === 0 && toSide === 0) return commonStretch(a, b);
  const otherFrom = side(b.from, b.to, a.from);
  const otherTo = side(b.from, b.to, a.to);
  if (!(fromSide * toSide < 0 && otherFrom * otherTo < 0)) return null;
  const along = otherFrom / (otherFrom - otherTo);
  return { x: a.from.x + along * (a.to.x - a.from.x), y: a.from.y + along * (a.to.y - a.from.y) };
}

/** Where two edges of one line lie on each other for more than a point. */
function commonStretch(a: Edge, b: Edge): Place | null {
  const axis = Math.abs(a.to.x - a.from.x) >= Math.abs(a.to.y - a.from.y) ? 'x' : 'y';
  const start = Math.max(Math.min(a.from[axis], a.to[axis]), Math.min(b.from[axis], b.to[axis]));
  const end = Math.min(Math.max(a.from[axis], a.to[axis]), Math.max(b.from[axis], b.to[axis]));
  if (start >= end) return null;
  return [a.from, a.to, b.from, b.to].find((place) => place[axis] === start) ?? null;
}
