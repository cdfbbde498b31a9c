import type { AnnotationId } from '../../../shared/schema/ids';
import type { Vertex } from '../../../shared/schema/shapes/coordinate';
import type { Editor } from '../../editor/editor';

/** What a defect or a thread is about: an object, a place in image px, or (both null) the picture as a whole. */
export interface RemarkTarget {
  readonly annotationId: AnnotationId | null;
  readonly place: Vertex | null;
}

/** The one selected object; with none the place under the pointer, if it is on the picture. */
export function targetOfRemark(editor: Pick<Editor, 'session' | 'document'>): RemarkTarget {
  const { selection } = editor.session;
  const [only] = selection;
  if (only !== undefined && selection.size === 1) return { annotationId: only, place: null };
  return { annotationId: null, place: placeUnderPointer(editor) };
}

/** Image px under the pointer; null beside the picture. */
export function placeUnderPointer({
  session,
  document,
}: Pick<Editor, 'session' | 'document'>): Vertex | null {
  const { pointer } = session;
  if (pointer === null || document === null) return null;
  const { width, height } = document.size;
  const isInside = pointer.x >= 0 && pointer.y >= 0 && pointer.x <= width && pointer.y <= height;
  return isInside ? { x: pointer.x, y: pointer.y } : null;
}
