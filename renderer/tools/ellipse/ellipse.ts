import { arrangedCorners, CORNER_STEPS, cornerRect } from '../parts/corner-steps';
import type { StepwiseDrawing } from '../parts/stepwise-drawing';
import { stepwiseIdle } from '../parts/stepwise-idle';
import type { Tool } from '../tool';

const drawing: StepwiseDrawing = {
  shapeType: 'ellipse',
  noun: 'ellipse',
  steps: CORNER_STEPS,
  isDragged: true,
  arranged: arrangedCorners,
  shapeOf(points) {
    const { x, y, width, height } = cornerRect(points);
    // An ellipse of no width has no half axis to store.
    if (width === 0 || height === 0) return null;
    return {
      type: 'ellipse',
      cx: x + width / 2,
      cy: y + height / 2,
      rx: width / 2,
      ry: height / 2,
      rotation: 0,
    };
  },
};

/** Draws ellipses from corner to corner of what is around them; with Shift a circle. */
export const ellipse: Tool = { id: 'ellipse', title: 'Ellipse', initial: () => stepwiseIdle(() => drawing) };
