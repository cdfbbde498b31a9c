import { deleteAnnotations } from '../../../shared/actions/delete-annotations';
import type { Editor } from '../editor';

/** Deletes what is selected and not locked. True when something went. */
export function deleteSelection(editor: Editor): boolean {
  return editor.perform(deleteAnnotations, { ids: [...editor.session.selection] });
}
