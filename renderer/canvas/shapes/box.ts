import type { BoxShape } from '../../../shared/schema/shapes';
import type { ShapeView } from './shape-view';

// Edges lie on whole screen px: lines are sharp, and software rendering draws them several times faster. The sums are
// written out because this runs ten thousand times a frame and must not allocate.
export const boxView: ShapeView<BoxShape> = {
  type: 'box',
  strokeOutline(context, { x, y, width, height }, { scale, offsetX, offsetY }, lineWidth) {
    const left = Math.round(x * scale + offsetX);
    const top = Math.round(y * scale + offsetY);
    // A line of odd width is sharp when its middle runs through pixel centres.
    const shift = lineWidth % 2 === 1 ? 0.5 : 0;
    context.strokeRect(
      left + shift,
      top + shift,
      Math.round((x + width) * scale + offsetX) - left,
      Math.round((y + height) * scale + offsetY) - top,
    );
  },
  fillInside(context, { x, y, width, height }, { scale, offsetX, offsetY }) {
    const left = Math.round(x * scale + offsetX);
    const top = Math.round(y * scale + offsetY);
    context.fillRect(
      left,
      top,
      Math.round((x + width) * scale + offsetX) - left,
      Math.round((y + height) * scale + offsetY) - top,
    );
  },
};
