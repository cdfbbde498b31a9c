import type { ImagePoint } from '../geometry/point';
import type { Vertex } from '../schema/shapes';
import type { Handle, OutlineRing, VertexRef } from './shape-behaviour';

/** The grip of one vertex; its id is `vertex-<ring>-<index>`. */
export function vertexHandle(ring: number, index: number, at: ImagePoint): Handle {
  return { id: `vertex-${ring}-${index}`, at, cursor: 'move' };
}

/** A grip for each vertex of each ring of an outline. */
export function vertexHandles(rings: readonly OutlineRing[]): readonly Handle[] {
  return rings.flatMap(({ points }, ring) => points.map((at, index) => vertexHandle(ring, index, at)));
}

/** The vertex whose grip this is, or null when the id is of another grip. */
export function vertexOfHandle(handleId: string): VertexRef | null {
  const match = /^vertex-(\d+)-(\d+)$/.exec(handleId);
  return match === null ? null : { ring: Number(match[1]), index: Number(match[2]) };
}

/** The indexes that are meant on one ring. */
export function indexesOn(ring: number, vertices: readonly VertexRef[]): ReadonlySet<number> {
  return new Set(vertices.filter((vertex) => vertex.ring === ring).map(({ index }) => index));
}

export function withVertexInserted(points: readonly Vertex[], after: number, { x, y }: ImagePoint): Vertex[] {
  return [...points.slice(0, after + 1), { x, y }, ...points.slice(after + 1)];
}

export function withVerticesRemoved(points: readonly Vertex[], indexes: ReadonlySet<number>): Vertex[] {
  return points.filter((_, index) => !indexes.has(index));
}

export function withVerticesMoved(
  points: readonly Vertex[],
  indexes: ReadonlySet<number>,
  dx: number,
  dy: number,
): readonly Vertex[] {
  if (indexes.size === 0) return points;
  return points.map((point, index) => (indexes.has(index) ? { x: point.x + dx, y: point.y + dy } : point));
}

export function withVertexAt(
  points: readonly Vertex[],
  moved: number,
  { x, y }: ImagePoint,
): readonly Vertex[] {
  return points.map((point, index) => (index === moved ? { x, y } : point));
}
