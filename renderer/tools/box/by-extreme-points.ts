import { boundsOfPoints } from '../../../shared/geometry/rect';
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
  shapeOf(points) {
    const bounds = points.length < 4 ? null : boundsOfPoints(points);
    return bounds === null ? null : { type: 'box', ...bounds };
  },
};
