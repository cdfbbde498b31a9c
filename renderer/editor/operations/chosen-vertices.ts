import type { Annotation } from '../../../shared/schema/annotation';
import type { VertexRef } from '../../../shared/shapes/shape-behaviour';
import type { Editor } from '../editor';
import { isOnCanvas } from '../shown';

/** The one selected object on the canvas, or null when there is none or more than one. */
export function onlySelected(editor: Pick<Editor, 'document' | 'session'>): Annotation | null {
  const [id, ...others] = editor.session.selection;
  if (id === undefined || others.length > 0) return null;
  const annotation = editor.document?.annotations.get(id);
  return annotation !== undefined && isOnCanvas(editor.session, annotation) ? annotation : null;
}

/** The one selected object with the vertices that are chosen on it, or null when none are. */
export function chosenVertices(
  editor: Pick<Editor, 'document' | 'session'>,
): { readonly annotation: Annotation; readonly vertices: readonly VertexRef[] } | null {
  const { selectedVertices } = editor.session;
  if (selectedVertices.length === 0) return null;
  const annotation = onlySelected(editor);
  return annotation === null ? null : { annotation, vertices: selectedVertices };
}
