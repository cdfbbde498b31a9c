import { pointedInside } from '../pointed';
import { onSelectionKey } from '../selection-keys';
import type { ToolState } from '../tool';
import { aiming } from './aiming';
import { drawing } from './drawing';
import { reasonNotToDraw } from './reason-not-to-draw';

export function idle(): ToolState {
  return {
    id: 'idle',
    cursor: () => 'crosshair',
    onPointerDown(editor, event) {
      if (event.button !== 'primary') return 'ignored';
      const reason = reasonNotToDraw(editor);
      if (reason !== null) {
        editor.setHint(reason);
        return 'stay';
      }
      return drawing(event.screen, pointedInside(editor, event.screen));
    },
    onKeyDown(editor, event) {
      if (event.key === 'Escape') {
        editor.setTool('select');
        return 'stay';
      }
      if (event.key !== 'Enter') return onSelectionKey(editor, event);
      const reason = reasonNotToDraw(editor);
      if (reason === null) return aiming(editor);
      editor.setHint(reason);
      return 'stay';
    },
  };
}
