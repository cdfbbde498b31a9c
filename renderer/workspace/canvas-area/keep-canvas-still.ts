import type { Camera } from '../../../shared/geometry/camera';
import { cameraPanned } from '../../../shared/geometry/camera';
import type { Editor } from '../../editor/editor';

/**
 * When a rail on the left opens, closes or is resized, the canvas's left edge moves; the picture must stay where it is
 * on the screen. `beforeResize` is to be observed before the canvas adapts to its new size and `afterResize` after it;
 * where the adapter moved the camera itself (the picture is fitted), that stands.
 */
export function keepCanvasStill(container: HTMLElement, editor: Editor) {
  let left = container.getBoundingClientRect().left;
  let cameraBefore: Camera = editor.session.camera;
  const before = new ResizeObserver(() => {
    cameraBefore = editor.session.camera;
  });
  const after = new ResizeObserver(() => {
    const now = container.getBoundingClientRect().left;
    const shift = left - now;
    left = now;
    if (shift !== 0 && editor.document !== null && editor.session.camera === cameraBefore) {
      editor.setCamera(cameraPanned(cameraBefore, shift, 0));
    }
  });
  return {
    beforeResize: () => before.observe(container),
    afterResize: () => after.observe(container),
    stop() {
      before.disconnect();
      after.disconnect();
    },
  };
}
