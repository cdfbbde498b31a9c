import type { Editor, PointerInput } from '../../editor/editor';
import { aiming } from '../parts/aiming';
import { drawingIdle } from '../parts/drawing-idle';
import { reasonNotToDraw } from '../parts/reason-not-to-draw';
import { refused } from '../parts/refused';
import { pointedInside } from '../pointed';
import type { Outcome, ToolState } from '../tool';
import { tracing } from './tracing';

export function idle(): ToolState {
  return drawingIdle({
    showsSnap: false,
    press: pressed,
    aim(editor) {
      const reason = reasonToWait(editor);
      if (reason !== null) return refused(editor, reason);
      return aiming(editor, {
        noun: 'scissors',
        first: 'the first point on the edge',
        onPointerDown: pressed,
        onSet: (_target, { at }) => tracing(at, true),
      });
    },
  });
}

function pressed(editor: Editor, event: PointerInput): Outcome {
  if (event.button !== 'primary') return 'ignored';
  const reason = reasonToWait(editor);
  return reason === null ? tracing(pointedInside(editor, event.screen), false) : refused(editor, reason);
}

function reasonToWait(editor: Editor): string | null {
  const reason = reasonNotToDraw(editor, 'polygon');
  if (reason !== null) return reason;
  return editor.pixels === null ? 'The pixels of the picture are not there yet. Try again.' : null;
}
