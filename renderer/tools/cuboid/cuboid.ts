import { onSteppedAngleInside } from '../parts/constrain';
import { arrangedCorners, CORNER_STEPS, cornerRect } from '../parts/corner-steps';
import type { StepwiseDrawing } from '../parts/stepwise-drawing';
import { stepwiseIdle } from '../parts/stepwise-idle';
import type { Tool } from '../tool';
import { cuboidFromPoints } from './cuboid-from-points';

const NO_SIZE = { width: 0, height: 0 };

const drawing: StepwiseDrawing = {
  shapeType: 'cuboid',
  noun: 'cuboid',
  steps: [...CORNER_STEPS, { id: 'deepening', name: 'the depth' }],
  isDragged: true,
  arranged(points, modifiers, editor) {
    const [from, to, depth] = points;
    if (from === undefined || to === undefined || depth === undefined)
      return arrangedCorners(points, modifiers, editor);
    if (!modifiers.shift) return points;
    return [from, to, onSteppedAngleInside(to, depth, editor.document?.size ?? NO_SIZE)];
  },
  flaw(points) {
    const { width, height } = cornerRect(points);
    if (points.length < 2 || (width >= 1 && height >= 1)) return null;
    return 'The near face needs at least 1 px on each side. Set its corner further away.';
  },
  shapeOf(points, editor) {
    const [from, to, depth] = points;
    if (from === undefined || to === undefined) return null;
    if (depth !== undefined) return cuboidFromPoints(from, to, depth, editor.document?.size ?? NO_SIZE);
    // The near face alone is shown as the box that it is; it is never kept, since a point is still to come.
    return { type: 'box', ...cornerRect(points) };
  },
};

/** Draws cuboids as seen: the near face from corner to corner, then how far away the far face is. */
export const cuboid: Tool = { id: 'cuboid', title: 'Cuboid', initial: () => stepwiseIdle(() => drawing) };
