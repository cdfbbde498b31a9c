import type { Vertex } from '../../../shared/schema/shapes';

/** Whether an edge of one closed ring passes through an edge of another; touching is not crossing. O(n · m). */
export function doRingsCross(a: readonly Vertex[], b: readonly Vertex[]): boolean {
  const edges = edgesOf(b);
  return edgesOf(a).some(([from, to]) => edges.some(([start, end]) => doCross(from, to, start, end)));
}

function edgesOf(ring: readonly Vertex[]): readonly (readonly [Vertex, Vertex])[] {
  return ring.map((from, index) => [from, ring[(index + 1) % ring.length] ?? from] as const);
}

function doCross(from: Vertex, to: Vertex, start: Vertex, end: Vertex): boolean {
  return (
    sideOf(from, to, start) * sideOf(from, to, end) < 0 &&
    sideOf(start, end, from) * sideOf(start, end, to) < 0
  );
}

/** Positive on one side of the line through two points, negative on the other. */
function sideOf(from: Vertex, to: Vertex, point: Vertex): number {
  return Math.sign((to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x));
}
