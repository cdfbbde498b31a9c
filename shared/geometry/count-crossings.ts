import type { ImagePoint } from './point';
import { createSpatialIndex } from './spatial-index';

/** Pairs of edges that are looked at before the question is given up; about a third of a second. */
const MOST_PAIRS = 5_000_000;

/** Pairs per edge that a sweep may look at before an index over the edges pays. */
const PAIRS_AN_EDGE = 48;

/**
 * How often the edges of closed rings cross or lie on each other, counted up to one more than `most`. Null when finding
 * out would take too long: outlines made so that all edges lie close to all others.
 */
export function countCrossings(rings: readonly (readonly ImagePoint[])[], most: number): number | null {
  const edges = edgesOf(rings);
  return countBySweep(edges, most) ?? countByIndex(edges, most);
}

function edgesOf(rings: readonly (readonly ImagePoint[])[]): Edge[] {
  const edges: Edge[] = [];
  for (const ring of rings) {
    let from = ring[ring.length - 1];
    for (const to of ring) {
      if (from !== undefined && (from.x !== to.x || from.y !== to.y)) {
        edges.push({ from, to, left: Math.min(from.x, to.x), right: Math.max(from.x, to.x) });
      }
      from = to;
    }
  }
  return edges;
}

/** Edges from left to right, each against those that begin before it ends; null when that are too many. */
function countBySweep(edges: readonly Edge[], most: number): number | null {
  const sorted = [...edges].sort((a, b) => a.left - b.left);
  let pairs = sorted.length * PAIRS_AN_EDGE;
  let count = 0;
  for (const [number, edge] of sorted.entries()) {
    for (let next = number + 1; next < sorted.length; next += 1) {
      const other = sorted[next];
      if (other === undefined || other.left > edge.right) break;
      pairs -= 1;
      if (pairs < 0) return null;
      if (!cross(edge, other)) continue;
      count += 1;
      if (count > most) return count;
    }
  }
  return count;
}

/** The same by an index over the boxes of the edges, which does not mind many one above the other. */
function countByIndex(edges: readonly Edge[], most: number): number | null {
  const index = createSpatialIndex(edges.map((edge, number) => [number, boxOf(edge), number] as const));
  let count = 0;
  let pairs = 0;
  for (const [number, edge] of edges.entries()) {
    const near = index.search(boxOf(edge));
    pairs += near.length;
    if (pairs > MOST_PAIRS) return null;
    for (const { item } of near) {
      const other = edges[item];
      if (item <= number || other === undefined || !cross(edge, other)) continue;
      count += 1;
      if (count > most) return count;
    }
  }
  return count;
}

interface Edge {
  readonly from: ImagePoint;
  readonly to: ImagePoint;
  readonly left: number;
  readonly right: number;
}

function boxOf({ from, to, left, right }: Edge) {
  return {
    x: left,
    y: Math.min(from.y, to.y),
    width: right - left,
    height: Math.abs(from.y - to.y),
  };
}

/** Positive on one side of the way from `from` to `to`, negative on the other, 0 on it. */
function side({ from, to }: Edge, point: ImagePoint): number {
  return (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x);
}

/** Edges that only meet at their ends do not cross. */
function cross(a: Edge, b: Edge): boolean {
  const [fromSide, toSide] = [side(a, b.from), side(a, b.to)];
  if (fromSide === 0 && toSide === 0) return lieOnEachOther(a, b);
  return fromSide * toSide < 0 && side(b, a.from) * side(b, a.to) < 0;
}

function lieOnEachOther(a: Edge, b: Edge): boolean {
  const axis = Math.abs(a.to.x - a.from.x) >= Math.abs(a.to.y - a.from.y) ? 'x' : 'y';
  const start = Math.max(Math.min(a.from[axis], a.to[axis]), Math.min(b.from[axis], b.to[axis]));
  return start < Math.min(Math.max(a.from[axis], a.to[axis]), Math.max(b.from[axis], b.to[axis]));
}
