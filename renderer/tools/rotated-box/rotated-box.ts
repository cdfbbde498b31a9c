import { distance } from '../../../shared/geometry/point';
import { onSteppedAngleInside } from '../parts/constrain';
import type { StepwiseDrawing } from '../parts/stepwise-drawing';
import { stepwiseIdle } from '../parts/stepwise-idle';
import type { Tool } from '../tool';
import { rotatedBoxFromEdge } from './rotated-box-from-edge';

const drawing: StepwiseDrawing = {
  shapeType: 'rotated-box',
  noun: 'rotated box',
  steps: [
    { id: 'awaiting-first', name: 'the start of an edge' },
    { id: 'awaiting-edge', name: 'the end of the edge' },
    { id: 'widening', name: 'the opposite edge' },
  ],
  isDragged: true,
  arranged(points, { shift }, editor) {
    const [from, to] = points;
    if (!shift || from === undefined || to === undefined || points.length !== 2) return points;
    return [from, onSteppedAngleInside(from, to, editor.document?.size ?? { width: 0, height: 0 })];
  },
  flaw([from, to]) {
    if (from === undefined || to === undefined || distance(from, to) >= 1) return null;
    return 'The edge needs at least 1 px. Set its end further away.';
  },
  shapeOf([from, to, side]) {
    if (from === undefined || to === undefined || side === undefined) return null;
    return rotatedBoxFromEdge(from, to, side);
  },
  measure([from, to, side]) {
    if (from === undefined || to === undefined) return null;
    const angle = Math.round((Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI);
    const height = side === undefined ? null : (rotatedBoxFromEdge(from, to, side)?.height ?? 0);
    const width = Math.round(distance(from, to));
    return height === null ? `${width} px, ${angle}°` : `${width} × ${Math.round(height)}, ${angle}°`;
  },
};

/** Draws turned boxes: one edge by drag or two clicks, then how far the opposite edge lies. */
export const rotatedBox: Tool = {
  id: 'rotated-box',
  title: 'Rotated box',
  initial: () => stepwiseIdle(() => drawing),
};
