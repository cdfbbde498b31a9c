import type { AnnotationId } from '../../../shared/schema/ids';
import type { Editor } from '../editor';
import { isShown } from '../shown';

/**
 * The selected objects that can be seen: keys move nothing that is out of sight. With nothing in sight says why, and
 * gives null.
 */
export function shownSelection(editor: Editor): readonly AnnotationId[] | null {
  const { selection } = editor.session;
  const shown = [...selection].filter((id) => {
    const annotation = editor.document?.annotations.get(id);
    return annotation !== undefined && isShown(editor.session, annotation);
  });
  if (shown.length > 0) return shown;
  const reason =
    selection.size === 1
      ? 'This object is hidden. Show it to move it.'
      : 'These objects are hidden. Show them to move them.';
  editor.setHint(reason);
  editor.announce(reason);
  return null;
}
