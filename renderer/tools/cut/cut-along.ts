import { cutAnnotations } from '../../../shared/actions/cut-annotations';
import { type ImagePoint, imagePoint } from '../../../shared/geometry/point';
import type { AnnotationId } from '../../../shared/schema/ids';
import type { Editor } from '../../editor/editor';
import { idsTouched } from '../../editor/pick-region';
import { lassoRegion } from '../../editor/region';
import { isOnCanvas } from '../../editor/shown';

/**
 * Cuts what is selected along a line in image px, or with nothing selected everything unlocked that the line meets.
 * False, with the reason as a hint, when nothing was cut.
 */
export function cutAlong(editor: Editor, line: readonly ImagePoint[]): boolean {
  const ids = idsToCut(editor, line);
  if (ids.length === 0) {
    editor.setHint('The line meets no object that can be cut. Draw it right across one.');
    return false;
  }
  const before = new Set(editor.document?.annotations.keys());
  if (!editor.perform(cutAnnotations, { ids, line })) return false;
  const pieces = [...(editor.document?.annotations.keys() ?? [])].filter((id) => !before.has(id));
  const left = ids.filter((id) => editor.document?.annotations.has(id));
  editor.select([...left, ...pieces]);
  editor.announce(editor.undoLabel ?? 'Cut');
  return true;
}

function idsToCut(editor: Editor, line: readonly ImagePoint[]): readonly AnnotationId[] {
  const selected = [...editor.session.selection].filter((id) => isCuttable(editor, id));
  if (selected.length > 0) return selected;
  // There and back encloses nothing: what is met is what the line itself crosses.
  const way = [...line, ...line.slice(1, -1).reverse()].map(({ x, y }) => imagePoint(x, y));
  return idsTouched(editor, lassoRegion(way)).filter((id) => isCuttable(editor, id));
}

function isCuttable(editor: Editor, id: AnnotationId): boolean {
  const annotation = editor.document?.annotations.get(id);
  return annotation !== undefined && !annotation.isLocked && isOnCanvas(editor.session, annotation);
}
