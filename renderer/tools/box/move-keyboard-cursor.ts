import { cameraPanned, screenFromImage } from '../../../shared/geometry/camera';
import type { ImagePoint } from '../../../shared/geometry/point';
import type { Editor } from '../../editor/editor';

/** The crosshair keeps this far from the edge of the view, so that what it points at can be seen. */
const MARGIN_IN_SCREEN_PX = 32;

/** Moves the keyboard's crosshair, and the picture when the crosshair would leave the view. */
export function moveKeyboardCursor(editor: Editor, to: ImagePoint): void {
  const { camera, view } = editor.session;
  const screen = screenFromImage(camera, to);
  const dx = overhang(screen.x, view.width);
  const dy = overhang(screen.y, view.height);
  if (dx !== 0 || dy !== 0) editor.setCamera(cameraPanned(camera, dx, dy));
  editor.setKeyboardCursor(to);
}

/** How far the picture must go to bring a coordinate into the view. */
function overhang(at: number, length: number): number {
  if (length <= 2 * MARGIN_IN_SCREEN_PX) return 0;
  if (at < MARGIN_IN_SCREEN_PX) return MARGIN_IN_SCREEN_PX - at;
  if (at > length - MARGIN_IN_SCREEN_PX) return length - MARGIN_IN_SCREEN_PX - at;
  return 0;
}
