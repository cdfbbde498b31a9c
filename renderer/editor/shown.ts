import type { ImageDocument } from '../../shared/document/image-document';
import type { Annotation } from '../../shared/schema/annotation';
import type { AnnotationId } from '../../shared/schema/ids';
import { behaviourOf } from '../../shared/shapes';
import type { Session } from './editor';

/** Whether an object can be seen now: not hidden, and not set aside while others are isolated. */
export function isShown({ isolated }: Pick<Session, 'isolated'>, annotation: Annotation): boolean {
  return !annotation.isHidden && (isolated === null || isolated.has(annotation.id));
}

/** Whether an object is on the canvas now: shown, and with a place in the picture. */
export function isOnCanvas(session: Pick<Session, 'isolated'>, annotation: Annotation): boolean {
  return isShown(session, annotation) && behaviourOf(annotation.shape).cover !== 'none';
}

/** All objects on the canvas, in drawing order. O(n). */
export function idsOnCanvas(editor: {
  readonly document: ImageDocument | null;
  readonly session: Pick<Session, 'isolated'>;
}): readonly AnnotationId[] {
  const ids: AnnotationId[] = [];
  for (const annotation of editor.document?.annotations.values() ?? []) {
    if (isOnCanvas(editor.session, annotation)) ids.push(annotation.id);
  }
  return ids;
}

/** Every object on the canvas with one of the labels of `ids`, in drawing order. O(n). */
export function idsOfSameLabels(
  editor: { readonly document: ImageDocument | null; readonly session: Pick<Session, 'isolated'> },
  ids: Iterable<AnnotationId>,
): readonly AnnotationId[] {
  const annotations = editor.document?.annotations;
  if (annotations === undefined) return [];
  const labels = new Set([...ids].map((id) => annotations.get(id)?.labelId));
  return idsOnCanvas(editor).filter((id) => labels.has(annotations.get(id)?.labelId));
}
