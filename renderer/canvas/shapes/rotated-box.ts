import { sineAndCosine } from '../../../shared/geometry/affine';
import type { Camera } from '../../../shared/geometry/camera';
import type { RotatedBoxShape } from '../../../shared/schema/shapes';
import type { ShapeView } from './shape-view';

/** The part of the top side that is drawn inwards, so that top and bottom are told apart. */
const TOP_MARK_IN_SCREEN_PX = 5;

export const rotatedBoxView: ShapeView<RotatedBoxShape> = {
  type: 'rotated-box',
  strokeOutline(context, shape, camera) {
    traceSides(context, shape, camera);
    const { sin, cos } = sineAndCosine(shape.rotation);
    const half = (shape.height / 2) * camera.scale;
    if (half > 2 * TOP_MARK_IN_SCREEN_PX) {
      const x = shape.cx * camera.scale + camera.offsetX + sin * half;
      const y = shape.cy * camera.scale + camera.offsetY - cos * half;
      context.moveTo(x, y);
      context.lineTo(x - sin * TOP_MARK_IN_SCREEN_PX, y + cos * TOP_MARK_IN_SCREEN_PX);
    }
    context.stroke();
  },
  fillInside(context, shape, camera) {
    traceSides(context, shape, camera);
    context.fill();
  },
};

function traceSides(
  context: CanvasRenderingContext2D,
  { cx, cy, width, height, rotation }: RotatedBoxShape,
  { scale, offsetX, offsetY }: Camera,
): void {
  const { sin, cos } = sineAndCosine(rotation);
  const x = cx * scale + offsetX;
  const y = cy * scale + offsetY;
  const alongX = (cos * width * scale) / 2;
  const alongY = (sin * width * scale) / 2;
  const downX = (-sin * height * scale) / 2;
  const downY = (cos * height * scale) / 2;
  context.beginPath();
  context.moveTo(x - alongX - downX, y - alongY - downY);
  context.lineTo(x + alongX - downX, y + alongY - downY);
  context.lineTo(x + alongX + downX, y + alongY + downY);
  context.lineTo(x - alongX + downX, y - alongY + downY);
  context.closePath();
}
