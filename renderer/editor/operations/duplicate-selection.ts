import { duplicateAnnotations } from '../../../shared/actions/duplicate-annotations';
import type { Editor } from '../editor';

/** A copy lies this far from its original, so that both can be seen whatever the zoom. */
const OFFSET_IN_SCREEN_PX = 12;

/** Copies the selection and selects the copies. */
export function duplicateSelection(editor: Editor): boolean {
  const count = editor.session.selection.size;
  const offset = Math.max(1, Math.round(OFFSET_IN_SCREEN_PX / editor.session.camera.scale));
  const isDone = editor.perform(duplicateAnnotations, {
    ids: [...editor.session.selection],
    dx: offset,
    dy: offset,
  });
  if (isDone) editor.select([...(editor.document?.annotations.keys() ?? [])].slice(-count));
  return isDone;
}
