import { labelForShape } from '../../../shared/actions/edit/label-for-shape';
import type { Editor } from '../../editor/editor';

/** Said before a box is drawn rather than after, so that no work is lost; null when a box may be drawn. */
export function reasonNotToDraw(editor: Editor): string | null {
  const { readOnlyReason, activeLabelId } = editor.session;
  if (editor.document === null) return 'Open a picture first.';
  if (readOnlyReason !== null) return readOnlyReason;
  if (activeLabelId === null) return 'Choose a label first.';
  const label = labelForShape(editor.schema, activeLabelId, 'box');
  return label.ok ? null : label.error.message;
}
