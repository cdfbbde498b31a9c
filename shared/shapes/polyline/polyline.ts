import { type ImagePoint, imagePoint } from '../../geometry/point';
import { boundsOfPoints, clamp } from '../../geometry/rect';
import { distanceToSegment } from '../../geometry/segment';
import { appError } from '../../result/app-error';
import { err, ok } from '../../result/result';
import type { PolylineShape } from '../../schema/shapes';
import type { ShapeBehaviour } from '../shape-behaviour';

/** An open line has no inside; a point this near counts as on it, in image px. */
const LINE_HALF_WIDTH_IN_IMAGE_PX = 1;

export const polyline: ShapeBehaviour<PolylineShape> = {
  type: 'polyline',
  title: 'Polyline',

  bounds: (shape) => boundsOfPoints(shape.points) ?? { x: 0, y: 0, width: 0, height: 0 },

  area: () => 0,

  contains: (shape, point) => distanceToLine(shape.points, point) <= LINE_HALF_WIDTH_IN_IMAGE_PX,

  distanceToOutline: (shape, point) => distanceToLine(shape.points, point),

  handles: (shape) =>
    shape.points.map((at, index) => ({ id: `vertex-${index}`, at: imagePoint(at.x, at.y), cursor: 'move' })),

  withHandleMoved(shape, handleId, to) {
    const moved = Number(handleId.replace('vertex-', ''));
    return {
      type: 'polyline',
      points: shape.points.map((point, index) => (index === moved ? { x: to.x, y: to.y } : point)),
    };
  },

  transformed: (shape, { scaleX, scaleY, translateX, translateY }) => ({
    type: 'polyline',
    points: shape.points.map(({ x, y }) => ({ x: x * scaleX + translateX, y: y * scaleY + translateY })),
  }),

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
    return ok({ type: 'polyline', points });
  },

  describe: (shape) => `${shape.points.length} points`,
};

function distanceToLine(
  points: readonly { readonly x: number; readonly y: number }[],
  point: ImagePoint,
): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let index = 1; index < points.length; index += 1) {
    const from = points[index - 1];
    const to = points[index];
    if (from === undefined || to === undefined) continue;
    nearest = Math.min(nearest, distanceToSegment(point, from, to));
  }
  return nearest;
}
