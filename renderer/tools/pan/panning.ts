import { cameraPanned } from '../../../shared/geometry/camera';
import type { PointerInput } from '../../editor/editor';
import type { Outcome, ToolState } from '../tool';

/**
 * Drags the picture under the pointer. Shared by every tool: for Space or the middle button the engine lays it over
 * the current state, which comes back when this is done, so that a half-drawn box survives a pan.
 */
export function panning(press: PointerInput): ToolState {
  let last = press.screen;
  return {
    id: 'panning',
    cursor: () => 'grabbing',
    onPointerMove(editor, event) {
      editor.setCamera(cameraPanned(editor.session.camera, event.screen.x - last.x, event.screen.y - last.y));
      last = event.screen;
      return 'stay';
    },
    onPointerUp: (_editor, event): Outcome => (event.button === press.button ? 'done' : 'stay'),
  };
}
