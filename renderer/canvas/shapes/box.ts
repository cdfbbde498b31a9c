import type { Camera } from '../../../shared/geometry/camera';
import type { BoxShape } from '../../../shared/schema/shapes';
import type { ShapeView } from './shape-view';

export const boxView: ShapeView<BoxShape> = {
  type: 'box',
  strokeOutline(context, shape, camera) {
    const { left, top, right, bottom } = edges(shape, camera);
    // A line of odd width is sharp when its middle runs through pixel centres.
    const shift = context.lineWidth % 2 === 1 ? 0.5 : 0;
    context.strokeRect(left + shift, top + shift, right - left, bottom - top);
  },
  fillInside(context, shape, camera) {
    const { left, top, right, bottom } = edges(shape, camera);
    context.fillRect(left, top, right - left, bottom - top);
  },
};

/** On whole screen px: lines are sharp, and software rendering draws them several times faster. */
function edges({ x, y, width, height }: BoxShape, { scale, offsetX, offsetY }: Camera) {
  return {
    left: Math.round(x * scale + offsetX),
    top: Math.round(y * scale + offsetY),
    right: Math.round((x + width) * scale + offsetX),
    bottom: Math.round((y + height) * scale + offsetY),
  };
}
