import type { Size } from '../../shared/geometry/rect';
import type { Shape } from '../../shared/schema/shapes';
import { behaviourOf } from '../../shared/shapes';

const LINE_WIDTH_IN_CSS_PX = 1.5;
const POINT_RADIUS_IN_CSS_PX = 2.5;
/** Seen on bright and dark pictures alike. */
const HALO = 'rgb(0 0 0 / 55%)';

/** Draws outlines of shapes on a canvas that lies over a picture of `size` image px. Asks the canvas for its own size. */
export function drawShapes(
  canvas: HTMLCanvasElement,
  size: Size,
  shapes: readonly { readonly color: string; readonly shape: Shape }[],
): void {
  const { width, height } = canvas.getBoundingClientRect();
  const ratio = window.devicePixelRatio;
  canvas.width = Math.max(1, Math.round(width * ratio));
  canvas.height = Math.max(1, Math.round(height * ratio));
  const context = canvas.getContext('2d');
  if (context === null) return;
  const scaleX = canvas.width / size.width;
  const scaleY = canvas.height / size.height;
  context.lineJoin = 'round';
  for (const { color, shape } of shapes) {
    const path = new Path2D();
    const { outline, cover } = behaviourOf(shape);
    for (const { points, isClosed } of outline(shape)) {
      points.forEach(({ x, y }, index) => {
        if (index === 0) path.moveTo(x * scaleX, y * scaleY);
        else path.lineTo(x * scaleX, y * scaleY);
      });
      if (isClosed) path.closePath();
    }
    context.strokeStyle = HALO;
    context.lineWidth = (LINE_WIDTH_IN_CSS_PX + 1.5) * ratio;
    context.stroke(path);
    context.strokeStyle = color;
    context.lineWidth = LINE_WIDTH_IN_CSS_PX * ratio;
    context.stroke(path);
    if (cover === 'area') {
      context.globalAlpha = 0.15;
      context.fillStyle = color;
      context.fill(path, 'evenodd');
      context.globalAlpha = 1;
    }
    if (cover !== 'point') continue;
    context.fillStyle = color;
    for (const { points } of outline(shape)) {
      for (const { x, y } of points) {
        context.beginPath();
        context.arc(x * scaleX, y * scaleY, POINT_RADIUS_IN_CSS_PX * ratio, 0, Math.PI * 2);
        context.fill();
      }
    }
  }
}
