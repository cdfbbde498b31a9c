import type { Camera } from '../../../shared/geometry/camera';
import type { EllipseShape } from '../../../shared/schema/shapes';
import type { ShapeView } from './shape-view';

export const ellipseView: ShapeView<EllipseShape> = {
  type: 'ellipse',
  strokeOutline(context, shape, camera) {
    trace(context, shape, camera);
    context.stroke();
  },
  fillInside(context, shape, camera) {
    trace(context, shape, camera);
    context.fill();
  },
};

function trace(
  context: CanvasRenderingContext2D,
  { cx, cy, rx, ry, rotation }: EllipseShape,
  { scale, offsetX, offsetY }: Camera,
): void {
  context.beginPath();
  context.ellipse(
    cx * scale + offsetX,
    cy * scale + offsetY,
    rx * scale,
    ry * scale,
    (rotation * Math.PI) / 180,
    0,
    2 * Math.PI,
  );
}
