import { applyAffine } from '../../geometry/affine';
import { distance, type ImagePoint } from '../../geometry/point';
import { boundsOfPoints, clamp } from '../../geometry/rect';
import { ok } from '../../result/result';
import type { PointsShape, Vertex } from '../../schema/shapes';
import type { ShapeBehaviour } from '../shape-behaviour';
import { vertexHandles, vertexOfHandle, withVertexAt, withVertexInserted } from '../vertex-handle';

/** A point has no inside; this near counts as on it, in image px. */
const POINT_RADIUS_IN_IMAGE_PX = 1;

/** Every point is a ring of its own, because nothing joins them: its handle is `vertex-<number of the point>-0`. */
export const points: ShapeBehaviour<PointsShape> = {
  type: 'points',
  title: 'Points',
  cover: 'point',

  bounds: (shape) => boundsOfPoints(shape.points) ?? { x: 0, y: 0, width: 0, height: 0 },

  area: () => 0,

  contains: (shape, point) => distanceToNearest(shape, point) <= POINT_RADIUS_IN_IMAGE_PX,

  distanceToOutline: distanceToNearest,

  outline: (shape) => shape.points.map((point) => ({ points: [point], isClosed: false })),

  handles: (shape) => vertexHandles(points.outline(shape)),

  withHandleMoved(shape, handleId, to) {
    const vertex = vertexOfHandle(handleId);
    return vertex === null ? shape : withPoints(withVertexAt(shape.points, vertex.ring, to));
  },

  transformed: (shape, transform) => withPoints(shape.points.map(({ x, y }) => applyAffine(transform, x, y))),

  /** Points outside are moved onto the picture's edge. */
  fitted: (shape, image) =>
    ok(
      withPoints(
        shape.points.map(({ x, y }) => ({ x: clamp(x, 0, image.width), y: clamp(y, 0, image.height) })),
      ),
    ),

  describe: (shape) => (shape.points.length === 1 ? '1 point' : `${shape.points.length} points`),

  vertices: {
    inserted: (shape, after, at) => withPoints(withVertexInserted(shape.points, after.ring, at)),
    removed(shape, vertices) {
      const removed = new Set(vertices.map(({ ring }) => ring));
      const left = shape.points.filter((_, index) => !removed.has(index));
      return left.length === 0 ? null : withPoints(left);
    },
    moved(shape, vertices, dx, dy) {
      const moved = new Set(vertices.map(({ ring }) => ring));
      return withPoints(
        shape.points.map((point, index) => (moved.has(index) ? { x: point.x + dx, y: point.y + dy } : point)),
      );
    },
  },
};

function distanceToNearest(shape: PointsShape, point: ImagePoint): number {
  return shape.points.reduce(
    (nearest, each) => Math.min(nearest, distance(each, point)),
    Number.POSITIVE_INFINITY,
  );
}

function withPoints(all: readonly Vertex[]): PointsShape {
  return { type: 'points', points: all };
}
