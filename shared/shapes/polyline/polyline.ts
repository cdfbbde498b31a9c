import { applyAffine } from '../../geometry/affine';
import { boundsOfPoints, clamp } from '../../geometry/rect';
import { distanceToPath } from '../../geometry/ring';
import { appError } from '../../result/app-error';
import { err, ok } from '../../result/result';
import type { PolylineShape, Vertex } from '../../schema/shapes';
import type { ShapeBehaviour } from '../shape-behaviour';
import {
  indexesOn,
  vertexHandles,
  vertexOfHandle,
  withVertexAt,
  withVertexInserted,
  withVerticesMoved,
  withVerticesRemoved,
} from '../vertex-handle';

/** An open line has no inside; a point this near counts as on it, in image px. */
const LINE_HALF_WIDTH_IN_IMAGE_PX = 1;

const FEWEST_VERTICES = 2;

export const polyline: ShapeBehaviour<PolylineShape> = {
  type: 'polyline',
  title: 'Polyline',
  cover: 'line',

  bounds: (shape) => boundsOfPoints(shape.points) ?? { x: 0, y: 0, width: 0, height: 0 },

  area: () => 0,

  contains: (shape, point) => distanceToPath(shape.points, false, point) <= LINE_HALF_WIDTH_IN_IMAGE_PX,

  distanceToOutline: (shape, point) => distanceToPath(shape.points, false, point),

  outline: (shape) => [{ points: shape.points, isClosed: false }],

  handles: (shape) => vertexHandles(polyline.outline(shape)),

  withHandleMoved(shape, handleId, to) {
    const vertex = vertexOfHandle(handleId);
    return vertex === null ? shape : withPoints(withVertexAt(shape.points, vertex.index, to));
  },

  transformed: (shape, transform) => withPoints(shape.points.map(({ x, y }) => applyAffine(transform, x, y))),

  /** Vertices outside are moved onto the picture's edge. */
  fitted(shape, image) {
    const points = shape.points.map(({ x, y }) => ({
      x: clamp(x, 0, image.width),
      y: clamp(y, 0, image.height),
    }));
    const first = points[0];
    if (first === undefined || points.every((point) => point.x === first.x && point.y === first.y)) {
      return err(
        appError('edit.too-small', 'A polyline needs two different points inside the picture.', {
          points: points.length,
        }),
      );
    }
    return ok(withPoints(points));
  },

  describe: (shape) => `${shape.points.length} points`,

  vertices: {
    inserted: (shape, after, at) => withPoints(withVertexInserted(shape.points, after.index, at)),
    removed(shape, vertices) {
      const points = withVerticesRemoved(shape.points, indexesOn(0, vertices));
      return points.length < FEWEST_VERTICES ? null : withPoints(points);
    },
    moved: (shape, vertices, dx, dy) =>
      withPoints(withVerticesMoved(shape.points, indexesOn(0, vertices), dx, dy)),
  },
};

function withPoints(points: readonly Vertex[]): PolylineShape {
  return { type: 'polyline', points };
}
