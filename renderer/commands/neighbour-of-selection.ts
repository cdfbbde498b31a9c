import type { AnnotationId } from '../../shared/schema/ids';
import type { Editor } from '../editor/editor';
import { isOnCanvas } from '../editor/shown';

/**
 * The object after or before the selected one in drawing order, hidden ones left out; null beyond the last, so that
 * the key goes on to move the focus and nobody is caught in the canvas. With nothing selected it is the first or last.
 */
export function neighbourOfSelection(
  editor: Pick<Editor, 'document' | 'session'>,
  by: 1 | -1,
): AnnotationId | null {
  const ids = [...(editor.document?.annotations.values() ?? [])]
    .filter((one) => isOnCanvas(editor.session, one))
    .map(({ id }) => id);
  const places = ids.flatMap((id, place) => (editor.session.selection.has(id) ? [place] : []));
  const current = by === 1 ? places[places.length - 1] : places[0];
  const next = current === undefined ? (by === 1 ? 0 : ids.length - 1) : current + by;
  return ids[next] ?? null;
}
