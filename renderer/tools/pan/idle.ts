import type { ToolState } from '../tool';
import { panning } from './panning';

export function idle(): ToolState {
  return {
    id: 'idle',
    cursor: () => 'grab',
    onPointerDown: (_editor, event) => (event.button === 'primary' ? panning(event) : 'ignored'),
    onDoubleClick(editor) {
      editor.zoomToFit();
      return 'stay';
    },
    onKeyDown(editor, event) {
      if (event.key !== 'Escape') return 'ignored';
      editor.setTool('select');
      return 'stay';
    },
  };
}
