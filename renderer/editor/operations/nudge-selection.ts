import { moveAnnotations } from '../../../shared/actions/move-annotations';
import type { Editor } from '../editor';
import { shownSelection } from './shown-selection';

/** Moves the selection by a step in image px, as far as the picture lets it. True when something moved. */
export function nudgeSelection(editor: Editor, step: { readonly dx: number; readonly dy: number }): boolean {
  const ids = shownSelection(editor);
  return ids !== null && editor.perform(moveAnnotations, { ids, ...step });
}
