import { imageFromScreen } from '../../shared/geometry/camera';
import { type ImagePoint, imagePoint, type ScreenPoint } from '../../shared/geometry/point';
import { clamp } from '../../shared/geometry/rect';
import type { Editor } from '../editor/editor';

/**
 * The step in image px that one screen px can tell apart: 1, 1/2, 1/4 … A power of two, so that sums of coordinates
 * stay exact and what is stored reads well; the point moves by less than half a screen px, which nobody can see.
 */
export function gridStep(scale: number): number {
  return Math.min(1, 2 ** -Math.ceil(Math.log2(scale)));
}

/** Where the pointer is in the picture, on the finest grid that can be pointed at; may lie outside the picture. */
export function pointed(editor: Editor, screen: ScreenPoint): ImagePoint {
  const { camera } = editor.session;
  const exact = imageFromScreen(camera, screen);
  const step = gridStep(camera.scale);
  return imagePoint(Math.round(exact.x / step) * step, Math.round(exact.y / step) * step);
}

/** As `pointed`, brought to the nearest point of the picture. */
export function pointedInside(editor: Editor, screen: ScreenPoint): ImagePoint {
  return clampedInside(editor, pointed(editor, screen));
}

export function clampedInside(editor: Editor, point: ImagePoint): ImagePoint {
  const size = editor.document?.size ?? { width: 0, height: 0 };
  return imagePoint(clamp(point.x, 0, size.width), clamp(point.y, 0, size.height));
}
