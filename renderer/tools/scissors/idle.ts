import type { Editor, PointerInput } from '../../editor/editor';
import { aiming } from '../parts/aiming';
import { reasonNotToDraw } from '../parts/reason-not-to-draw';
import { pointedInside } from '../pointed';
import { onSelectionKey } from '../selection-keys';
import type { Outcome, ToolState } from '../tool';
import { tracing } from './tracing';

export function idle(): ToolState {
  return {
    id: 'idle',
    cursor: () => 'crosshair',
    onPointerDown: pressed,
    onKeyDown(editor, event) {
      if (event.key === 'Escape') {
        editor.setTool('select');
        return 'stay';
      }
      if (event.key !== 'Enter') return onSelectionKey(editor, event);
      const reason = reasonToWait(editor);
      if (reason !== null) return refused(editor, reason);
      return aiming(editor, {
        noun: 'scissors',
        first: 'the first point on the edge',
        onPointerDown: pressed,
        onSet: (_target, { at }) => tracing(at, true),
      });
    },
  };
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

function refused(editor: Editor, reason: string): 'stay' {
  editor.setHint(reason);
  editor.announce(reason);
  return 'stay';
}
