import { type AreaPart, type Place, ringsOfParts } from './polygon-part';

/** In image px: an edge that goes less far to the right counts as upright, because its slope would have no digits left. */
const NARROWEST = 1e-9;

/** Strips, and edges in all strips together, before the question is given up: a second or two. */
const MOST_STRIPS = 200_000;
const MOST_IN_STRIPS = 100_000_000;

/** An edge from left to right; upright ones enclose nothing and are left out. */
interface Edge {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly slope: number;
  readonly isOfA: boolean;
}

/**
 * The area in px² that two areas have in common; parts of one area neither overlap nor cross themselves. The plane is cut
 * into upright strips at every vertex and every place where edges of the two cross (Shamos and Hoey 1976, "Geometric
 * intersection problems"). Within a strip no edges cross, so that what lies in both is a row of trapezoids, whose area
 * follows from their heights in the middle: exact but for rounding.
 * O(n log n) and the pairs of edges above each other; some 50 times as fast as clipping for outlines of 40 vertices. Null
 * when that would take too long: two combs across each other, with thousands of teeth.
 */
export function overlapArea(a: readonly AreaPart[], b: readonly AreaPart[]): number | null {
  const ofA = edgesOf(a, true);
  const ofB = edgesOf(b, false);
  const left = Math.max(leftOf(ofA), leftOf(ofB));
  const right = Math.min(rightOf(ofA), rightOf(ofB));
  if (!(left < right)) return 0;
  const edges = [...ofA, ...ofB].filter(({ x0, x1 }) => x0 < right && x1 > left);
  edges.sort((one, other) => one.x0 - other.x0);
  const cuts = cutsOf(edges, left, right);
  if (cuts === null) return null;
  const active: Edge[] = [];
  let next = 0;
  let visits = 0;
  let area = 0;
  let from = left;
  for (const to of cuts) {
    if (!(to > from)) continue;
    let kept = 0;
    for (const edge of active) {
      if (edge.x1 <= from) continue;
      active[kept] = edge;
      kept += 1;
    }
    active.length = kept;
    for (let edge = edges[next]; edge !== undefined && edge.x0 <= from; edge = edges[next]) {
      if (edge.x1 > from) active.push(edge);
      next += 1;
    }
    visits += active.length;
    if (visits > MOST_IN_STRIPS) return null;
    area += heightInBoth(active, (from + to) / 2) * (to - from);
    from = to;
  }
  return area;
}

function edgesOf(parts: readonly AreaPart[], isOfA: boolean): readonly Edge[] {
  return ringsOfParts(parts).flatMap((ring) => {
    const edges: Edge[] = [];
    let previous: Place | undefined = ring[ring.length - 1];
    for (const vertex of ring) {
      if (previous !== undefined && Math.abs(previous.x - vertex.x) >= NARROWEST) {
        const [from, to] = previous.x < vertex.x ? [previous, vertex] : [vertex, previous];
        edges.push({ x0: from.x, y0: from.y, x1: to.x, slope: (to.y - from.y) / (to.x - from.x), isOfA });
      }
      previous = vertex;
    }
    return edges;
  });
}

function leftOf(edges: readonly Edge[]): number {
  return edges.reduce((least, { x0 }) => Math.min(least, x0), Number.POSITIVE_INFINITY);
}

function rightOf(edges: readonly Edge[]): number {
  return edges.reduce((most, { x1 }) => Math.max(most, x1), Number.NEGATIVE_INFINITY);
}

/** Where strips begin and end, from the left; null when there are too many. */
function cutsOf(edges: readonly Edge[], left: number, right: number): Float64Array | null {
  const cuts = [right];
  const add = (x: number) => {
    if (x > left && x < right) cuts.push(x);
  };
  let open: Edge[] = [];
  let visits = 0;
  for (const edge of edges) {
    add(edge.x0);
    add(edge.x1);
    open = open.filter(({ x1 }) => x1 > edge.x0);
    visits += open.length;
    if (cuts.length > MOST_STRIPS || visits > MOST_IN_STRIPS) return null;
    for (const other of open) {
      if (other.isOfA !== edge.isOfA && other.slope !== edge.slope) {
        // Where y0 + slope · (x − x0) of both is the same, reckoned from the later start.
        const above = edge.y0 - (other.y0 + other.slope * (edge.x0 - other.x0));
        const x = edge.x0 + above / (other.slope - edge.slope);
        if (x > edge.x0 && x < edge.x1 && x < other.x1) add(x);
      }
    }
    open.push(edge);
  }
  return Float64Array.from(cuts).sort();
}

/** How much of the upright line at `x` lies in both. Puts the edges in order from above, which they nearly are in. */
function heightInBoth(edges: Edge[], x: number): number {
  for (let index = 1; index < edges.length; index += 1) {
    const edge = edges[index];
    if (edge === undefined) continue;
    const y = heightAt(edge, x);
    let place = index;
    for (let above = edges[place - 1]; above !== undefined && heightAt(above, x) > y; ) {
      edges[place] = above;
      place -= 1;
      above = edges[place - 1];
    }
    edges[place] = edge;
  }
  let isInA = false;
  let isInB = false;
  let entered = 0;
  let height = 0;
  for (const edge of edges) {
    const wasInBoth = isInA && isInB;
    if (edge.isOfA) isInA = !isInA;
    else isInB = !isInB;
    if (wasInBoth) height += heightAt(edge, x) - entered;
    else if (isInA && isInB) entered = heightAt(edge, x);
  }
  return height;
}

function heightAt({ x0, y0, slope }: Edge, x: number): number {
  return y0 + slope * (x - x0);
}
