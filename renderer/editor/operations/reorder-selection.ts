import { type ReorderDirection, reorderAnnotations } from '../../../shared/actions/reorder-annotations';
import type { Editor } from '../editor';

/** Changes where the selection lies in the drawing order. */
export function reorderSelection(editor: Editor, direction: ReorderDirection): boolean {
  return editor.perform(reorderAnnotations, { ids: [...editor.session.selection], direction });
}
