import { screenFromImage } from '../../../shared/geometry/camera';
import type { Editor } from '../../editor/editor';
import { onlySelected } from '../../editor/operations/chosen-vertices';
import { setJointVisibility, visibilityOfKey } from '../../editor/operations/set-joint-visibility';
import { verticesOf } from '../../editor/operations/shape-vertices';
import { pointed } from '../pointed';
import { onSelectionKey } from '../selection-keys';
import type { ToolState } from '../tool';
import { edgeAt, midpointAt } from './edge-at';
import { editingVertices } from './editing-vertices';
import { handleAt } from './handle-at';
import { pointing } from './pointing';
import { firstOfDoubleClick } from './stacked-click';

export function idle(): ToolState {
  return {
    id: 'idle',
    cursor: cursorOver,
    onPointerMove(editor, event) {
      editor.setHovered(editor.hit(pointed(editor, event.screen)));
      showNewVertex(editor, event.alt ? edgeAt(editor, event.screen) : null);
      return 'stay';
    },
    onPointerDown(editor, event) {
      if (event.button === 'secondary') {
        const hit = editor.hit(pointed(editor, event.screen));
        // A context menu acts on what is under it.
        if (hit !== null && !editor.session.selection.has(hit)) editor.select([hit]);
        return 'stay';
      }
      return event.button === 'primary' ? pointing(editor, event) : 'ignored';
    },
    onDoubleClick(editor) {
      if (editor.session.hovered === null) {
        editor.zoomToFit();
        return 'stay';
      }
      // The second click went on to what lies below; a double click means what the first one took.
      const first = firstOfDoubleClick(editor);
      if (first !== null) editor.select([first]);
      editor.zoomToSelection();
      return 'stay';
    },
    takesKey: (editor, event) => visibilityOfKey(event.key) !== null && isOnJoint(editor),
    onKeyDown(editor, event) {
      const visibility = visibilityOfKey(event.key);
      if (visibility !== null && isOnJoint(editor)) {
        setJointVisibility(editor, visibility);
        return 'stay';
      }
      if (event.key === 'Enter') {
        const only = onlySelected(editor);
        if (only === null || verticesOf(only.shape).length === 0) return 'ignored';
        return editingVertices(editor);
      }
      if (event.key !== 'Escape') return onSelectionKey(editor, event);
      if (editor.session.selectedVertices.length > 0) {
        editor.selectVertices([]);
        return 'stay';
      }
      if (editor.session.selection.size === 0) return 'ignored';
      editor.select([]);
      return 'stay';
    },
  };
}

function isOnJoint(editor: Editor): boolean {
  return editor.session.selectedVertices.length > 0 && onlySelected(editor)?.shape.type === 'skeleton';
}

/** Where a press with Alt would add a vertex. */
function showNewVertex(editor: Editor, edge: ReturnType<typeof edgeAt>): void {
  const { preview } = editor.session;
  // A reason still to be read stays.
  if (preview !== null && preview.hint !== null) return;
  if (edge === null) {
    if (preview !== null) editor.setPreview(null);
    return;
  }
  editor.setPreview({ shapes: [], marks: [{ at: edge.at, kind: 'vertex' }], hint: null });
}

function cursorOver(editor: Editor): string {
  const { pointer, hovered, selection, camera } = editor.session;
  if (pointer === null) return 'default';
  const screen = screenFromImage(camera, pointer);
  const grabbed = handleAt(editor, screen);
  if (grabbed !== null) {
    const isLocked = grabbed.kind !== 'frame' && grabbed.annotation.isLocked;
    return isLocked ? 'not-allowed' : grabbed.handle.cursor;
  }
  if (editor.session.preview?.marks !== undefined || midpointAt(editor, screen) !== null) return 'copy';
  if (hovered === null) return 'default';
  return selection.has(hovered) ? 'move' : 'pointer';
}
