import type { MaskShape } from '../../../shared/schema/shapes';
import { outlineOfShape } from '../../../shared/shapes/mask/mask-pixels';
import { maskBitmaps } from '../mask-bitmaps';
import { tracePath } from '../trace-path';
import type { ShapeView } from './shape-view';

/** Below this a pixel's edges are not yet looked at, and smooth ones are kinder to the eye. */
const SMOOTH_BELOW_IN_SCREEN_PX = 3;

export const maskView: ShapeView<MaskShape> = {
  type: 'mask',
  canStandWithoutOutline: true,
  strokeOutline(context, shape, camera) {
    context.beginPath();
    for (const { points } of outlineOfShape(shape)) tracePath(context, points, true, camera);
    context.stroke();
  },
  fillInside(context, shape, { scale, offsetX, offsetY }, fill, isOutlined) {
    const x = shape.x * scale + offsetX;
    const y = shape.y * scale + offsetY;
    const bitmap = maskBitmaps.bitmapOf(shape, scale, fill, !isOutlined);
    if (bitmap === null) {
      // Its bitmap comes with one of the next frames.
      context.fillStyle = fill.css;
      context.fillRect(x, y, shape.width * scale, shape.height * scale);
      return;
    }
    const { canvas, level } = bitmap;
    const cell = scale * 2 ** level;
    context.imageSmoothingEnabled = cell < SMOOTH_BELOW_IN_SCREEN_PX;
    context.drawImage(canvas, x, y, canvas.width * cell, canvas.height * cell);
  },
};
