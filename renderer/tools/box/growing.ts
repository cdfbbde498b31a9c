import { type ImagePoint, imagePoint } from '../../../shared/geometry/point';
import { behaviourOf } from '../../../shared/shapes';
import { boxFromCorners } from '../../../shared/shapes/box/box';
import { arrowStep } from '../arrow-step';
import { clampedInside } from '../pointed';
import type { ToolState } from '../tool';
import { commitBox, previewBox } from './box-draft';
import { moveKeyboardCursor } from './move-keyboard-cursor';

/** The first corner is set: arrows move the second, Enter commits, Escape gives up. */
export function growing(corner: ImagePoint): ToolState {
  return {
    id: 'growing',
    cursor: () => 'crosshair',
    onEnter(editor) {
      moveKeyboardCursor(editor, corner);
      editor.announce(`First corner at ${corner.x}, ${corner.y}. Arrows grow the box, Enter keeps it.`);
    },
    onKeyDown(target, event) {
      const at = target.session.keyboardCursor ?? corner;
      const step = arrowStep(event);
      if (step !== null) {
        const to = clampedInside(target, imagePoint(at.x + step.dx, at.y + step.dy));
        moveKeyboardCursor(target, to);
        previewBox(target, corner, to);
        target.announce(sizeInWords(corner, to));
        return 'stay';
      }
      if (event.key !== 'Enter') return 'ignored';
      if (commitBox(target, corner, at)) {
        target.announce(`Box kept: ${sizeInWords(corner, at)}.`);
        return 'done';
      }
      // Too small: the reason is shown and said, and the person grows it further.
      const reason = target.session.preview?.hint ?? '';
      previewBox(target, corner, at);
      target.announce(reason);
      return 'stay';
    },
    onPointerDown: () => 'done',
    onExit: (target) => target.setKeyboardCursor(null),
  };
}

function sizeInWords(corner: ImagePoint, to: ImagePoint): string {
  const shape = boxFromCorners(corner, to);
  return behaviourOf(shape).describe(shape);
}
