import { setAttributes } from '../../../shared/actions/set-attributes';
import type { AttributeId } from '../../../shared/schema/ids';
import type { AttributeValue } from '../../../shared/schema/label-schema';
import type { Editor } from '../editor';

/** Answers an attribute of the selection; null takes the answer away. */
export function setAttribute(
  editor: Editor,
  attributeId: AttributeId,
  value: AttributeValue | null,
): boolean {
  return editor.perform(setAttributes, {
    ids: [...editor.session.selection],
    values: new Map([[attributeId, value]]),
  });
}
