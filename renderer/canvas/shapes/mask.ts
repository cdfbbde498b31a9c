import type { MaskShape } from '../../../shared/schema/shapes';
import { outlineOfShape } from '../../../shared/shapes/mask/mask-pixels';
import { maskBitmaps } from '../mask-bitmaps';
import { tracePath } from '../trace-path';
import type { ShapeView } from './shape-view';

/** Above this zoom a border of whole pixels would be thicker than a line. */
const BORDER_OF_PIXELS_BELOW_SCALE = 3;

export const maskView: ShapeView<MaskShape> = {
  type: 'mask',
  isOutlineInside: ({ scale }) => scale < BORDER_OF_PIXELS_BELOW_SCALE,
  strokeOutline(context, shape, camera) {
    context.beginPath();
    for (const { points } of outlineOfShape(shape)) tracePath(context, points, true, camera);
    context.stroke();
  },
  fillInside(context, shape, { scale, offsetX, offsetY }, fill) {
    const isBorderShown = scale < BORDER_OF_PIXELS_BELOW_SCALE;
    const x = shape.x * scale + offsetX;
    const y = shape.y * scale + offsetY;
    const bitmap = maskBitmaps.bitmapOf(shape, scale, fill, isBorderShown);
    if (bitmap === null) {
      // Its bitmap comes with one of the next frames.
      context.fillStyle = fill.css;
      context.fillRect(x, y, shape.width * scale, shape.height * scale);
      return;
    }
    const { canvas, level } = bitmap;
    const cell = scale * 2 ** level;
    // Pixels are shown as pixels once a person can see them.
    context.imageSmoothingEnabled = cell < 1;
    context.drawImage(canvas, x, y, canvas.width * cell, canvas.height * cell);
  },
};
