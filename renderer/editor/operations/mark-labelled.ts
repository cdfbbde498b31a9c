import { setImageStatus } from '../../../shared/actions/set-image-status';
import type { Editor } from '../editor';

/** Says that everything in the picture is labelled; refused while it has no object. */
export function markLabelled(editor: Editor): boolean {
  return editor.perform(setImageStatus, { decision: 'labelled' });
}
