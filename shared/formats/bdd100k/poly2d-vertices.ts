import type { Vertex } from '../../schema/shapes';
import { MAX_VERTICES } from '../../schema/shapes/coordinate';
import { vertexFrom } from '../parts/vertices';

export interface Outline {
  readonly vertices: readonly Vertex[];
  readonly isClosed: boolean;
  readonly hasCurves: boolean;
}

/** Pieces of a curve; eight stay within a pixel of a lane that bends across half a picture of 1280 px. */
const LEAST_PIECES = 8;
const MOST_PIECES = 64;
/** Longer curves are cut into more pieces, about this long. */
const PIECE_IN_IMAGE_PX = 10;

/**
 * One entry of a label's `poly2d`: `{vertices: [[x, y], …], types: "LLCCC…", closed}`. C marks points of cubic Bézier
 * curves: three in a row are two control points and the end (as BDD100K's toolkit draws them), two before an L or before
 * the closing are control points alone (as Scalabel's editor saves them). Curves are cut into short lines. Null when it
 * is no outline.
 */
export function outlineOf(value: unknown): Outline | null {
  if (typeof value !== 'object' || value === null) return null;
  const { vertices, types, closed } = value as Readonly<Record<string, unknown>>;
  if (!Array.isArray(vertices) || vertices.length > MAX_VERTICES) return null;
  const points: Vertex[] = [];
  for (const pair of vertices as readonly unknown[]) {
    const vertex = Array.isArray(pair) ? vertexFrom(pair[0], pair[1]) : null;
    if (vertex === null) return null;
    points.push(vertex);
  }
  const isClosed = closed === true;
  if (typeof types !== 'string' || !types.includes('C'))
    return { vertices: points, isClosed, hasCurves: false };
  return { vertices: flattened(points, types, isClosed), isClosed, hasCurves: true };
}

function flattened(points: readonly Vertex[], types: string, isClosed: boolean): readonly Vertex[] {
  const flat: Vertex[] = [];
  for (let at = 0; at < points.length; ) {
    const from = flat.at(-1);
    const [first, second] = [points[at], points[at + 1]];
    if (first === undefined) break;
    const isCurve = from !== undefined && second !== undefined && types[at] === 'C' && types[at + 1] === 'C';
    const third = points[at + 2] ?? (isClosed ? points[0] : undefined);
    if (!isCurve || third === undefined) {
      flat.push(first);
      at += 1;
      continue;
    }
    addCurve(flat, from, first, second, third);
    // The end of a curve that closes the outline is its first vertex, which stands there already.
    if (at + 2 >= points.length) flat.pop();
    at += 3;
    if (flat.length > MAX_VERTICES) return flat.slice(0, MAX_VERTICES);
  }
  return flat;
}

/** Adds points on the cubic Bézier curve behind its start, the end among them. */
function addCurve(flat: Vertex[], p0: Vertex, p1: Vertex, p2: Vertex, p3: Vertex): void {
  const length =
    Math.hypot(p1.x - p0.x, p1.y - p0.y) +
    Math.hypot(p2.x - p1.x, p2.y - p1.y) +
    Math.hypot(p3.x - p2.x, p3.y - p2.y);
  const pieces = Math.min(MOST_PIECES, Math.max(LEAST_PIECES, Math.ceil(length / PIECE_IN_IMAGE_PX)));
  for (let piece = 1; piece < pieces; piece += 1) {
    const t = piece / pieces;
    const [a, b, c, d] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
    flat.push({
      x: a * p0.x + b * p1.x + c * p2.x + d * p3.x,
      y: a * p0.y + b * p1.y + c * p2.y + d * p3.y,
    });
  }
  flat.push(p3);
}
