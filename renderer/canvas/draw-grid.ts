import type { Camera } from '../../shared/geometry/camera';
import type { Size } from '../../shared/geometry/rect';

/** Lines nearer than this would hide the picture. */
const CLOSEST_IN_SCREEN_PX = 6;

/** The step that is drawn: `step` doubled until its lines stand far enough apart. All in image px. */
export function gridStepFor(step: number, scale: number): number {
  let drawn = step;
  while (drawn * scale < CLOSEST_IN_SCREEN_PX) drawn *= 2;
  return drawn;
}

/** Lines at multiples of the step, over the part of the picture that is seen. */
export function drawGrid(
  context: CanvasRenderingContext2D,
  picture: Size,
  view: Size,
  { scale, offsetX, offsetY }: Camera,
  step: number,
  colour: string,
): void {
  const drawn = gridStepFor(step, scale);
  const left = Math.max(offsetX, 0);
  const top = Math.max(offsetY, 0);
  const right = Math.min(picture.width * scale + offsetX, view.width);
  const bottom = Math.min(picture.height * scale + offsetY, view.height);
  if (right <= left || bottom <= top) return;
  context.fillStyle = colour;
  const firstColumn = Math.ceil((left - offsetX) / scale / drawn);
  for (let n = firstColumn; n * drawn * scale + offsetX < right; n += 1) {
    context.fillRect(Math.round(n * drawn * scale + offsetX), top, 1, bottom - top);
  }
  const firstRow = Math.ceil((top - offsetY) / scale / drawn);
  for (let n = firstRow; n * drawn * scale + offsetY < bottom; n += 1) {
    context.fillRect(left, Math.round(n * drawn * scale + offsetY), right - left, 1);
  }
}
