import type { Camera } from '../../../shared/geometry/camera';
import { cameraPanned } from '../../../shared/geometry/camera';
import { type ScreenPoint, screenPoint } from '../../../shared/geometry/point';
import { turnedPoint, turnOf, unturnedVector } from '../../canvas/view-turn';
import type { Editor } from '../../editor/editor';

/**
 * When a rail opens, closes or is resized, the canvas's edges move; the picture must stay where it is on the screen.
 * `beforeResize` is to be observed before the canvas adapts to its new size and `afterResize` after it; where the
 * adapter moved the camera itself (the picture is fitted), that stands.
 */
export function keepCanvasStill(container: HTMLElement, editor: Editor) {
  let corner = cornerOf(container);
  let originBefore = originOf(editor);
  let cameraBefore: Camera = editor.session.camera;
  const before = new ResizeObserver(() => {
    cameraBefore = editor.session.camera;
    originBefore = originOf(editor);
  });
  const after = new ResizeObserver(() => {
    const now = cornerOf(container);
    const origin = originOf(editor);
    const shiftX = corner.x + originBefore.x - now.x - origin.x;
    const shiftY = corner.y + originBefore.y - now.y - origin.y;
    corner = now;
    if (shiftX === 0 && shiftY === 0) return;
    if (editor.document !== null && editor.session.camera === cameraBefore) {
      const { dx, dy } = unturnedVector(editor.session.quarterTurns, shiftX, shiftY);
      editor.setCamera(cameraPanned(cameraBefore, dx, dy));
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

function cornerOf(container: HTMLElement): ScreenPoint {
  const { left, top } = container.getBoundingClientRect();
  return screenPoint(left, top);
}

/** Where on the glass the editor's screen px begin: a turned view begins at another corner of the canvas. */
function originOf({ session }: Editor): ScreenPoint {
  return turnedPoint(turnOf(session), screenPoint(0, 0));
}
