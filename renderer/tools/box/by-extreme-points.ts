import { type ImagePoint, imagePoint } from '../../../shared/geometry/point';
import { boundsOfPoints, type Rect } from '../../../shared/geometry/rect';
import type { StepwiseDrawing } from '../parts/stepwise-drawing';

/**
 * A click each on the top, left, bottom and right of the object, in any order: five times as fast as corners, which
 * lie off the object and must be guessed (Papadopoulos et al. 2017).
 */
export const byExtremePoints: StepwiseDrawing = {
  shapeType: 'box',
  noun: 'box',
  steps: [
    { id: 'awaiting-first', name: 'the topmost point' },
    { id: 'awaiting-extreme', name: 'the leftmost point' },
    { id: 'awaiting-extreme', name: 'the bottommost point' },
    { id: 'awaiting-extreme', name: 'the rightmost point' },
  ],
  isDragged: false,
  arranged: (points) => points,
  /** The box so far: the order of the points means nothing, so a line through them would mislead. */
  sketch(points) {
    const bounds = points.length < 2 ? null : boundsOfPoints(points);
    return bounds === null ? [] : [{ kind: 'guide', points: cornersOfRect(bounds), isClosed: true }];
  },
  shapeOf(points) {
    const bounds = points.length < 4 ? null : boundsOfPoints(points);
    return bounds === null ? null : { type: 'box', ...bounds };
  },
};

function cornersOfRect({ x, y, width, height }: Rect): readonly ImagePoint[] {
  return [
    imagePoint(x, y),
    imagePoint(x + width, y),
    imagePoint(x + width, y + height),
    imagePoint(x, y + height),
  ];
}
