import { setImageStatus } from '../../../shared/actions/set-image-status';
import type { Editor } from '../editor';

/** Takes back `labelled` or `confirmed empty`: the state follows from the objects again. */
export function reopen(editor: Editor): boolean {
  return editor.perform(setImageStatus, { decision: 'reopened' });
}
