import { relabelAnnotations } from '../../../shared/actions/relabel-annotations';
import type { LabelId } from '../../../shared/schema/ids';
import type { Editor } from '../editor';

/** Gives the selection a label; the label also becomes the one for new objects. True when something was relabelled. */
export function relabelSelection(editor: Editor, labelId: LabelId): boolean {
  editor.setActiveLabel(labelId);
  if (editor.session.selection.size === 0) return false;
  return editor.perform(relabelAnnotations, { ids: [...editor.session.selection], labelId });
}
