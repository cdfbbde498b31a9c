import type { AreaPart, Place } from './polygon-part';

/**
 * The area that the disc of radius 1 about the origin has in common with parts that neither overlap nor cross themselves;
 * rings run either way. Exact: the signed sum, over the edges, of what the disc has in common with the triangle of the
 * edge and the origin, which is a triangle inside the circle and a sector outside of it. O(edges).
 */
export function discOverlapArea(parts: readonly AreaPart[]): number {
  let area = 0;
  for (const { exterior, holes } of parts) {
    area += Math.abs(signedRingArea(exterior));
    for (const hole of holes) area -= Math.abs(signedRingArea(hole));
  }
  return Math.max(0, area);
}

function signedRingArea(ring: readonly Place[]): number {
  let area = 0;
  let previous = ring[ring.length - 1];
  if (previous === undefined) return 0;
  for (const vertex of ring) {
    area += signedEdgeArea(previous, vertex);
    previous = vertex;
  }
  return area;
}

function signedEdgeArea(from: Place, to: Place): number {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  // Where the line through the edge meets the circle: |from + t · (dx, dy)| = 1.
  const a = dx * dx + dy * dy;
  const b = from.x * dx + from.y * dy;
  const c = from.x * from.x + from.y * from.y - 1;
  const root = b * b - a * c;
  if (a === 0) return 0;
  if (root <= 0) return sector(from, to);
  const enters = (-b - Math.sqrt(root)) / a;
  const leaves = (-b + Math.sqrt(root)) / a;
  if (enters >= 1 || leaves <= 0) return sector(from, to);
  const first = enters > 0 ? along(from, dx, dy, enters) : from;
  const last = leaves < 1 ? along(from, dx, dy, leaves) : to;
  return (enters > 0 ? sector(from, first) : 0) + triangle(first, last) + (leaves < 1 ? sector(last, to) : 0);
}

function along(from: Place, dx: number, dy: number, share: number): Place {
  return { x: from.x + share * dx, y: from.y + share * dy };
}

function triangle(a: Place, b: Place): number {
  return (a.x * b.y - b.x * a.y) / 2;
}

function sector(a: Place, b: Place): number {
  return Math.atan2(a.x * b.y - b.x * a.y, a.x * b.x + a.y * b.y) / 2;
}
