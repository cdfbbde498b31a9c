import { screenFromImage } from '../../../shared/geometry/camera';
import type { Editor } from '../../editor/editor';
import { pointed } from '../pointed';
import { onSelectionKey } from '../selection-keys';
import type { ToolState } from '../tool';
import { handleAt } from './handle-at';
import { pointing } from './pointing';

export function idle(): ToolState {
  return {
    id: 'idle',
    cursor: cursorOver,
    onPointerMove(editor, event) {
      editor.setHovered(editor.hit(pointed(editor, event.screen)));
      return 'stay';
    },
    onPointerDown(editor, event) {
      const hit = editor.hit(pointed(editor, event.screen));
      if (event.button === 'secondary') {
        // A context menu acts on what is under it.
        if (hit !== null && !editor.session.selection.has(hit)) editor.select([hit]);
        return 'stay';
      }
      if (event.button !== 'primary') return 'ignored';
      return pointing(event, hit, handleAt(editor, event.screen));
    },
    onDoubleClick(editor) {
      if (editor.session.hovered === null) editor.zoomToFit();
      else editor.zoomToSelection();
      return 'stay';
    },
    onKeyDown(editor, event) {
      if (event.key !== 'Escape') return onSelectionKey(editor, event);
      if (editor.session.selection.size === 0) return 'ignored';
      editor.select([]);
      return 'stay';
    },
  };
}

function cursorOver(editor: Editor): string {
  const { pointer, hovered, selection, camera } = editor.session;
  if (pointer === null) return 'default';
  const grabbed = handleAt(editor, screenFromImage(camera, pointer));
  if (grabbed !== null) return grabbed.annotation.isLocked ? 'not-allowed' : grabbed.handle.cursor;
  if (hovered === null) return 'default';
  return selection.has(hovered) ? 'move' : 'pointer';
}
