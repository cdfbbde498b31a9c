import type { CuboidShape } from '../../../shared/schema/shapes';
import { tracePath } from '../trace-path';
import type { ShapeView } from './shape-view';

/** The far face and what joins the faces are drawn thinner, so that the near face is told at once. */
const FAR_WIDTH = 0.5;

export const cuboidView: ShapeView<CuboidShape> = {
  type: 'cuboid',
  strokeOutline(context, { front, back }, camera, lineWidth) {
    context.lineWidth = Math.max(lineWidth * FAR_WIDTH, 1);
    context.beginPath();
    tracePath(context, back, true, camera);
    for (let corner = 0; corner < front.length; corner += 1) {
      const near = front[corner];
      const far = back[corner];
      if (near !== undefined && far !== undefined) tracePath(context, [near, far], false, camera);
    }
    context.stroke();
    context.lineWidth = lineWidth;
    context.beginPath();
    tracePath(context, front, true, camera);
    context.stroke();
  },
  fillInside(context, { front }, camera) {
    context.beginPath();
    tracePath(context, front, true, camera);
    context.fill();
  },
};
