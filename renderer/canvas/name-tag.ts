import type { Camera } from '../../shared/geometry/camera';
import type { Rect } from '../../shared/geometry/rect';
import type { LabelPaint } from './label-paint';

const FONT = '600 11px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';
const HEIGHT = 17;
const PADDING = 5;

const widthByText = new Map<string, number>();

/** A label's name on its colour, over the top-left corner of what it names; inside the view where that is seen. */
export function drawNameTag(
  context: CanvasRenderingContext2D,
  paint: LabelPaint,
  bounds: Rect,
  camera: Camera,
): void {
  context.font = FONT;
  let width = widthByText.get(paint.name);
  if (width === undefined) {
    width = Math.ceil(context.measureText(paint.name).width) + 2 * PADDING;
    widthByText.set(paint.name, width);
  }
  const boxLeft = Math.round(bounds.x * camera.scale + camera.offsetX) - 1;
  const boxTop = Math.round(bounds.y * camera.scale + camera.offsetY) - 1;
  const left = Math.max(boxLeft, 0);
  // Above the box; where the view ends there, inside it.
  const top = boxTop - HEIGHT >= 0 ? boxTop - HEIGHT : Math.max(boxTop + 2, 0);
  context.fillStyle = paint.stroke;
  context.beginPath();
  context.roundRect(left, top, width, HEIGHT, [3, 3, 3, 0]);
  context.fill();
  context.fillStyle = paint.text;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.fillText(paint.name, left + PADDING, top + HEIGHT / 2 + 0.5);
}
