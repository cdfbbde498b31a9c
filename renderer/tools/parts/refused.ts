import type { Editor } from '../../editor/editor';

/** Shows and says why nothing was done; the state stays as it is. */
export function refused(editor: Editor, reason: string): 'stay' {
  editor.setHint(reason);
  editor.announce(reason);
  return 'stay';
}
