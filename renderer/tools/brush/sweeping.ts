import type { ImagePoint } from '../../../shared/geometry/point';
import { moveKeyboardCursor, steppedFrom } from '../parts/keyboard-cursor';
import type { ToolState } from '../tool';
import { finishStroke } from './finish-stroke';
import { beginStroke } from './stroke';
import type { StrokePurpose } from './stroke-purpose';

/** The brush was put down by keyboard: arrows paint, Enter lifts it and keeps what was painted. */
export function sweeping(purpose: StrokePurpose, start: ImagePoint): ToolState {
  const stroke = beginStroke(purpose);
  let at = start;
  return {
    id: 'sweeping',
    cursor: () => 'crosshair',
    onEnter(editor) {
      moveKeyboardCursor(editor, at);
      stroke.sweep(editor, at, at);
      editor.announce(
        `Brush down at ${at.x}, ${at.y}. Arrows ${purpose.isErasing ? 'erase' : 'paint'}, Enter lifts it, Escape takes the stroke back.`,
      );
    },
    onKeyDown(editor, event) {
      const to = steppedFrom(editor, at, event);
      if (to !== null) {
        if (stroke.sweep(editor, at, to)) at = to;
        moveKeyboardCursor(editor, at);
        editor.announce(`${at.x}, ${at.y}`);
        return 'stay';
      }
      if (event.key !== 'Enter') return 'ignored';
      const before = editor.document;
      const next = finishStroke(editor, stroke, at);
      if (editor.document !== before) editor.announce('Stroke kept.');
      return next;
    },
    // A press of the pointer takes over and keeps what was painted so far.
    onPointerDown: (editor, event) =>
      event.button === 'primary' ? finishStroke(editor, stroke, at) : 'ignored',
    onExit: (editor) => editor.setKeyboardCursor(null),
  };
}
