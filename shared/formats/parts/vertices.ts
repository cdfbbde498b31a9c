import { normalisedDegrees } from '../../geometry/affine';
import { turnedCorners } from '../../geometry/turned-frame';
import type { RotatedBoxShape, Vertex } from '../../schema/shapes';
import { LARGEST_COORDINATE, MAX_VERTICES } from '../../schema/shapes/coordinate';

/** A place in image px; null for what is no number or beyond all pictures. */
export function vertexFrom(x: unknown, y: unknown): Vertex | null {
  return isCoordinate(x) && isCoordinate(y) ? { x: x + 0, y: y + 0 } : null;
}

function isCoordinate(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= LARGEST_COORDINATE;
}

/** Places of a list `[[x, y], …]` in image px; null when one is none or there are more than a shape may have. */
export function verticesFromPairs(value: unknown): readonly Vertex[] | null {
  if (!Array.isArray(value) || value.length > MAX_VERTICES) return null;
  const vertices: Vertex[] = [];
  for (const pair of value as readonly unknown[]) {
    const vertex = Array.isArray(pair) && pair.length === 2 ? vertexFrom(pair[0], pair[1]) : null;
    if (vertex === null) return null;
    vertices.push(vertex);
  }
  return vertices;
}

/** Places of two lists of the same length, x and y. */
export function verticesFromLists(xs: unknown, ys: unknown): readonly Vertex[] | null {
  if (!Array.isArray(xs) || !Array.isArray(ys) || xs.length !== ys.length) return null;
  return verticesFromPairs(xs.map((x: unknown, at): unknown => [x, ys[at]]));
}

/** A ring as the app keeps it: tools that close a ring repeat its first vertex at the end. */
export function openRing(vertices: readonly Vertex[]): readonly Vertex[] {
  const [first] = vertices;
  const last = vertices.at(-1);
  const isClosed = vertices.length > 3 && first?.x === last?.x && first?.y === last?.y;
  return isClosed ? vertices.slice(0, -1) : vertices;
}

/** Corners drawn by hand or saved with two decimals are this far off at most, relative to the longer side. */
const SKEW = 0.005;
const LEAST_SKEW_IN_IMAGE_PX = 0.02;

/**
 * The turned box of four corners in order around it; its width runs from the first to the second. Null when they do not
 * make a rectangle, or one without area.
 *
 * @param toleranceInImagePx how far off a corner may be; by default what hand and rounding do.
 */
export function rotatedBoxFromCorners(
  corners: readonly Vertex[],
  toleranceInImagePx?: number,
): RotatedBoxShape | null {
  const [first, second, third, fourth] = corners;
  if (corners.length !== 4 || !first || !second || !third || !fourth) return null;
  const width = (distance(first, second) + distance(fourth, third)) / 2;
  const height = (distance(second, third) + distance(first, fourth)) / 2;
  if (!(width > 0 && height > 0)) return null;
  // The longer side tells the direction better; the shorter is a right angle from it, on the side where the corners lie.
  const isMirrored = cross(first, second, fourth) < 0;
  const along = width >= height ? degrees(first, second) : degrees(first, fourth) + (isMirrored ? 90 : -90);
  const box: RotatedBoxShape = {
    type: 'rotated-box',
    cx: (first.x + second.x + third.x + fourth.x) / 4,
    cy: (first.y + second.y + third.y + fourth.y) / 4,
    width,
    height,
    rotation: normalisedDegrees(along),
  };
  const [topLeft, topRight, bottomRight, bottomLeft] = turnedCorners(box, width, height);
  const expected = isMirrored
    ? [bottomLeft, bottomRight, topRight, topLeft]
    : [topLeft, topRight, bottomRight, bottomLeft];
  const tolerance = toleranceInImagePx ?? Math.max(LEAST_SKEW_IN_IMAGE_PX, SKEW * Math.max(width, height));
  const isRectangle = corners.every((corner, at) => distance(corner, expected[at] ?? corner) <= tolerance);
  return isRectangle ? box : null;
}

function distance(a: Vertex, b: Vertex): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function degrees(from: Vertex, to: Vertex): number {
  return (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
}

function cross(origin: Vertex, a: Vertex, b: Vertex): number {
  return (a.x - origin.x) * (b.y - origin.y) - (a.y - origin.y) * (b.x - origin.x);
}
