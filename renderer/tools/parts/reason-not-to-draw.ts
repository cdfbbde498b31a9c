import { labelForShape } from '../../../shared/actions/edit/label-for-shape';
import type { ShapeType } from '../../../shared/schema/shapes';
import type { Editor } from '../../editor/editor';

/** Said before something is drawn rather than after, so that no work is lost; null when it may be drawn. */
export function reasonNotToDraw(editor: Editor, shapeType: ShapeType): string | null {
  const { readOnlyReason, activeLabelId } = editor.session;
  if (editor.document === null) return 'Open a picture first.';
  if (readOnlyReason !== null) return readOnlyReason;
  if (activeLabelId === null) return 'Choose a label first.';
  const label = labelForShape(editor.schema, activeLabelId, shapeType);
  if (!label.ok) return label.error.message;
  if (shapeType === 'skeleton' && label.value.skeleton === undefined) {
    return `${label.value.name} has no skeleton. Draw one for it in the label schema, or choose another label.`;
  }
  return null;
}
