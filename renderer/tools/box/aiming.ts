import { visibleRect } from '../../../shared/geometry/camera';
import { type ImagePoint, imagePoint } from '../../../shared/geometry/point';
import { intersectRects } from '../../../shared/geometry/rect';
import type { Editor } from '../../editor/editor';
import { arrowStep } from '../arrow-step';
import { clampedInside } from '../pointed';
import type { ToolState } from '../tool';
import { growing } from './growing';
import { moveKeyboardCursor } from './move-keyboard-cursor';

/** Entering a box by keyboard: arrows move the crosshair, Enter sets the first corner, Escape gives up. */
export function aiming(editor: Editor): ToolState {
  const start = startingPoint(editor);
  return {
    id: 'aiming',
    cursor: () => 'crosshair',
    onEnter(target) {
      // Arrows now mean the crosshair and nothing else.
      target.select([]);
      moveKeyboardCursor(target, start);
      target.announce(
        `Keyboard box. Crosshair at ${start.x}, ${start.y}. Arrows move it, Enter sets the first corner, Escape cancels.`,
      );
    },
    onKeyDown(target, event) {
      const at = target.session.keyboardCursor ?? start;
      const step = arrowStep(event);
      if (step !== null) {
        const to = clampedInside(target, imagePoint(at.x + step.dx, at.y + step.dy));
        moveKeyboardCursor(target, to);
        target.announce(`${to.x}, ${to.y}`);
        return 'stay';
      }
      return event.key === 'Enter' ? growing(at) : 'ignored';
    },
    // A press of the pointer takes over from the keyboard.
    onPointerDown: () => 'done',
    onExit: (target) => target.setKeyboardCursor(null),
  };
}

/** The pointer, or the middle of what is seen of the picture; on whole px. */
function startingPoint(editor: Editor): ImagePoint {
  const { camera, view, pointer } = editor.session;
  const size = editor.document?.size ?? { width: 0, height: 0 };
  const whole = { x: 0, y: 0, ...size };
  const seen = intersectRects(visibleRect(camera, view), whole) ?? whole;
  const from = pointer ?? imagePoint(seen.x + seen.width / 2, seen.y + seen.height / 2);
  return clampedInside(editor, imagePoint(Math.round(from.x), Math.round(from.y)));
}
