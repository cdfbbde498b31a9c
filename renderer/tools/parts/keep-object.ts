import { createAnnotation } from '../../../shared/actions/create-annotation';
import type { Shape } from '../../../shared/schema/shapes';
import type { Editor } from '../../editor/editor';

/** Commits a new object with the active label and selects it. False, with the reason as a hint, when it cannot be kept. */
export function keepObject(editor: Editor, shape: Shape): boolean {
  const labelId = editor.session.activeLabelId;
  if (labelId === null) {
    editor.setHint('Choose a label first.');
    return false;
  }
  const isDone = editor.perform(createAnnotation, { labelId, shape });
  const newest = [...(editor.document?.annotations.keys() ?? [])].at(-1);
  if (isDone && newest !== undefined) editor.select([newest]);
  return isDone;
}
