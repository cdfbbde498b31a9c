import { setImageStatus } from '../../../shared/actions/set-image-status';
import type { Editor } from '../editor';

/** Says that nothing in the picture is to be labelled; refused while it has objects. */
export function confirmEmpty(editor: Editor): boolean {
  return editor.perform(setImageStatus, { decision: 'confirmedEmpty' });
}
