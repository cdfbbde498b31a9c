import type { ImagePoint } from '../geometry/point';
import type { Rect } from '../geometry/rect';
import { turnedCorners } from '../geometry/turned-frame';
import type { EllipseShape, MaskShape, PolygonShape, Shape, SkeletonShape } from '../schema/shapes';

/**
 * The largest difference of a coordinate between two shapes, in image px; infinite when they are of different kinds or
 * built differently (numbers of points, parts or holes; names or visibility of joints). What means the same counts as
 * the same: a ring may start at any vertex, run either way and repeat its first vertex as its last, a turned box may be
 * named by any of its sides.
 */
export function shapeDifference(a: Shape, b: Shape): number {
  if (a.type === 'box' && b.type === 'box') {
    // All four edges are compared, so that a shift of the far edge counts.
    return largestDistance(cornersOf(a), cornersOf(b));
  }
  if (a.type === 'rotated-box' && b.type === 'rotated-box') {
    return ringDifference(turnedCorners(a, a.width, a.height), turnedCorners(b, b.width, b.height));
  }
  if (a.type === 'polygon' && b.type === 'polygon') return polygonDifference(a, b);
  // The direction of a line may mean something (a lane's), so a line that runs back is another one.
  if (a.type === 'polyline' && b.type === 'polyline') return largestDistance(a.points, b.points);
  if (a.type === 'points' && b.type === 'points') return largestDistance(a.points, b.points);
  if (a.type === 'skeleton' && b.type === 'skeleton') return skeletonDifference(a, b);
  if (a.type === 'ellipse' && b.type === 'ellipse') return ellipseDifference(a, b);
  if (a.type === 'mask' && b.type === 'mask') return maskDifference(a, b);
  if (a.type === 'cuboid' && b.type === 'cuboid') {
    return largestDistance([...a.front, ...a.back], [...b.front, ...b.back]);
  }
  return a.type === 'tag' && b.type === 'tag' ? 0 : Number.POSITIVE_INFINITY;
}

function cornersOf({ x, y, width, height }: Rect): readonly ImagePoint[] {
  return [
    { x, y },
    { x: x + width, y: y + height },
  ];
}

/** Point by point along each axis. */
function largestDistance(a: readonly ImagePoint[], b: readonly ImagePoint[]): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let index = 0; index < a.length; index += 1) {
    const one = a[index];
    const other = b[index];
    if (one === undefined || other === undefined) continue;
    largest = Math.max(largest, Math.abs(one.x - other.x), Math.abs(one.y - other.y));
  }
  return largest;
}

/** Rings up to this long are tried from every vertex. */
const SHORT_RING = 16;

function ringDifference(a: readonly ImagePoint[], b: readonly ImagePoint[]): number {
  const openA = withoutRepeatedEnd(a);
  const openB = withoutRepeatedEnd(b);
  const asTheyAre = openRingDifference(a, b);
  if (asTheyAre === 0 || (openA === a && openB === b)) return asTheyAre;
  return Math.min(asTheyAre, openRingDifference(openA, openB));
}

/** The least over every start and both ways round; a long ring is tried from the vertex nearest to the first one: O(n). */
function openRingDifference(a: readonly ImagePoint[], b: readonly ImagePoint[]): number {
  const first = a[0];
  if (first === undefined || a.length !== b.length) return largestDistance(a, b);
  const starts = b.length <= SHORT_RING ? b.map((_, index) => index) : [0, nearestTo(first, b)];
  let least = Number.POSITIVE_INFINITY;
  for (const start of starts) {
    const onwards = [...b.slice(start), ...b.slice(0, start)];
    const backwards = [...onwards.slice(0, 1), ...onwards.slice(1).reverse()];
    least = Math.min(least, largestDistance(a, onwards), largestDistance(a, backwards));
  }
  return least;
}

/** Some tools close their rings by a vertex more, others take it off again. */
function withoutRepeatedEnd(ring: readonly ImagePoint[]): readonly ImagePoint[] {
  const first = ring[0];
  const last = ring.at(-1);
  const isRepeated = ring.length > 3 && first !== undefined && first.x === last?.x && first.y === last.y;
  return isRepeated ? ring.slice(0, -1) : ring;
}

function nearestTo(place: ImagePoint, ring: readonly ImagePoint[]): number {
  let nearest = 0;
  let reach = Number.POSITIVE_INFINITY;
  ring.forEach((vertex, index) => {
    const away = Math.hypot(vertex.x - place.x, vertex.y - place.y);
    if (away >= reach) return;
    reach = away;
    nearest = index;
  });
  return nearest;
}

function polygonDifference(a: PolygonShape, b: PolygonShape): number {
  if (a.parts.length !== b.parts.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (const [index, part] of a.parts.entries()) {
    const other = b.parts[index];
    if (other === undefined || part.holes.length !== other.holes.length) return Number.POSITIVE_INFINITY;
    largest = Math.max(largest, ringDifference(part.exterior, other.exterior));
    for (const [hole, ring] of part.holes.entries()) {
      largest = Math.max(largest, ringDifference(ring, other.holes[hole] ?? []));
    }
  }
  return largest;
}

/** Places of joints that neither side labels mean nothing; edges belong to the template. */
function skeletonDifference(a: SkeletonShape, b: SkeletonShape): number {
  if (a.joints.length !== b.joints.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (const [index, joint] of a.joints.entries()) {
    const other = b.joints[index];
    if (other === undefined || joint.name !== other.name || joint.visibility !== other.visibility) {
      return Number.POSITIVE_INFINITY;
    }
    if (joint.visibility > 0) largest = Math.max(largest, largestDistance([joint], [other]));
  }
  return largest;
}

const DIRECTIONS = 180;

/**
 * How far apart the outlines lie at most: for convex shapes the largest difference of how far they reach into a
 * direction (their support functions), here every two degrees.
 */
function ellipseDifference(a: EllipseShape, b: EllipseShape): number {
  let largest = 0;
  for (let step = 0; step < DIRECTIONS; step += 1) {
    const angle = (step * 2 * Math.PI) / DIRECTIONS;
    largest = Math.max(largest, Math.abs(reach(a, angle) - reach(b, angle)));
  }
  return largest;
}

function reach({ cx, cy, rx, ry, rotation }: EllipseShape, angle: number): number {
  const own = angle - (rotation * Math.PI) / 180;
  return cx * Math.cos(angle) + cy * Math.sin(angle) + Math.hypot(rx * Math.cos(own), ry * Math.sin(own));
}

/** Masks with any pixel between them differ by a pixel at least, and by as much as their windows do. */
function maskDifference(a: MaskShape, b: MaskShape): number {
  const windows = largestDistance(cornersOf(a), cornersOf(b));
  return windows === 0 && a.rle === b.rle ? 0 : Math.max(1, windows);
}
