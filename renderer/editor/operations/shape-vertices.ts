import { type ImagePoint, imagePoint } from '../../../shared/geometry/point';
import type { Shape } from '../../../shared/schema/shapes';
import { behaviourOf } from '../../../shared/shapes';
import type { VertexRef } from '../../../shared/shapes/shape-behaviour';
import { vertexOfHandle } from '../../../shared/shapes/vertex-handle';

/** One vertex with its place in image px. */
export interface PlacedVertex extends VertexRef {
  readonly at: ImagePoint;
}

/**
 * All vertices of a shape that can be chosen one by one, ring by ring: those of outlines, the joints of a skeleton, the
 * corners of a cuboid. None for shapes that have only sides. O(vertices).
 */
export function verticesOf(shape: Shape): readonly PlacedVertex[] {
  const behaviour = behaviourOf(shape);
  if (behaviour.vertices !== undefined) {
    return behaviour
      .outline(shape)
      .flatMap(({ points }, ring) =>
        points.map(({ x, y }, index) => ({ ring, index, at: imagePoint(x, y) })),
      );
  }
  return behaviour.handles(shape).flatMap((handle) => {
    const vertex = vertexOfHandle(handle.id);
    return vertex === null ? [] : [{ ...vertex, at: handle.at }];
  });
}

/** Where a vertex is, or null when the shape has none of that name. */
export function vertexAt(shape: Shape, { ring, index }: VertexRef): ImagePoint | null {
  const behaviour = behaviourOf(shape);
  if (behaviour.vertices === undefined) {
    return behaviour.handles(shape).find(({ id }) => id === handleIdOf({ ring, index }))?.at ?? null;
  }
  const point = behaviour.outline(shape)[ring]?.points[index];
  return point === undefined ? null : imagePoint(point.x, point.y);
}

/** The shape with these vertices moved by a step in image px; those that it does not have are passed over. */
export function withVerticesMoved(
  shape: Shape,
  vertices: readonly VertexRef[],
  dx: number,
  dy: number,
): Shape {
  const behaviour = behaviourOf(shape);
  if (behaviour.vertices !== undefined) return behaviour.vertices.moved(shape, vertices, dx, dy);
  return vertices.reduce((moved, vertex) => {
    const at = vertexAt(moved, vertex);
    if (at === null) return moved;
    return behaviour.withHandleMoved(moved, handleIdOf(vertex), imagePoint(at.x + dx, at.y + dy));
  }, shape);
}

export function isSameVertex(a: VertexRef, b: VertexRef): boolean {
  return a.ring === b.ring && a.index === b.index;
}

function handleIdOf({ ring, index }: VertexRef): string {
  return `vertex-${ring}-${index}`;
}
