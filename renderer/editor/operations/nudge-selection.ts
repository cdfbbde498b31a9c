import { moveAnnotations } from '../../../shared/actions/move-annotations';
import type { Editor } from '../editor';

/** Moves the selection by a step in image px, as far as the picture lets it. True when something moved. */
export function nudgeSelection(editor: Editor, step: { readonly dx: number; readonly dy: number }): boolean {
  return editor.perform(moveAnnotations, { ids: [...editor.session.selection], ...step });
}
