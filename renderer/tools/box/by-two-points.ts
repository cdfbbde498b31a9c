import { arrangedCorners, CORNER_STEPS, cornerRect } from '../parts/corner-steps';
import type { StepwiseDrawing } from '../parts/stepwise-drawing';

export const byTwoPoints: StepwiseDrawing = {
  shapeType: 'box',
  noun: 'box',
  steps: CORNER_STEPS,
  isDragged: true,
  arranged: arrangedCorners,
  shapeOf: (points) => (points.length < 2 ? null : { type: 'box', ...cornerRect(points) }),
};
