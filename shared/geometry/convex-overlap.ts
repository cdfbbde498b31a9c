import type { Place } from './polygon-part';
import { ringArea } from './ring';

/**
 * The area in px² that two convex rings have in common: one is cut along the edges of the other, one after the other
 * (Sutherland and Hodgman 1974, "Reentrant polygon clipping"). Exact; rings may run either way. O(n · m).
 */
export function convexOverlapArea(a: readonly Place[], b: readonly Place[]): number {
  let kept = a;
  const side = turnOf(b);
  let from = b[b.length - 1];
  for (const to of b) {
    if (kept.length < 3) return 0;
    if (from !== undefined) kept = cutAlong(kept, from, to, side);
    from = to;
  }
  return ringArea(kept);
}

/** 1 when the ring runs so that its inside has positive distances from its edges, -1 when it runs the other way. */
function turnOf(ring: readonly Place[]): 1 | -1 {
  let doubled = 0;
  let previous = ring[ring.length - 1];
  const origin = ring[0];
  if (previous === undefined || origin === undefined) return 1;
  for (const vertex of ring) {
    doubled +=
      (previous.x - origin.x) * (vertex.y - origin.y) - (vertex.x - origin.x) * (previous.y - origin.y);
    previous = vertex;
  }
  return doubled < 0 ? -1 : 1;
}

function cutAlong(ring: readonly Place[], from: Place, to: Place, side: 1 | -1): readonly Place[] {
  const dx = (to.x - from.x) * side;
  const dy = (to.y - from.y) * side;
  const kept: Place[] = [];
  let previous = ring[ring.length - 1];
  if (previous === undefined) return kept;
  let before = dx * (previous.y - from.y) - dy * (previous.x - from.x);
  for (const vertex of ring) {
    const here = dx * (vertex.y - from.y) - dy * (vertex.x - from.x);
    if (before >= 0 !== here >= 0) {
      const share = before / (before - here);
      kept.push({
        x: previous.x + share * (vertex.x - previous.x),
        y: previous.y + share * (vertex.y - previous.y),
      });
    }
    if (here >= 0) kept.push(vertex);
    previous = vertex;
    before = here;
  }
  return kept;
}
