import type { ImageDocument } from '../../document/image-document';
import { appError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type { Annotation } from '../../schema/annotation';
import type { AnnotationId } from '../../schema/ids';

/** Those of `ids` that are in the document, in drawing order and each once. */
export function foundIn(
  document: ImageDocument,
  ids: readonly AnnotationId[],
): Result<readonly Annotation[]> {
  const wanted = new Set(ids);
  const found = [...wanted].flatMap((id) => document.annotations.get(id) ?? []);
  if (found.length === 0) return err(appError('usage.bad-arguments', 'Select an object first.'));
  if (found.length === 1) return ok(found);
  const order = new Map([...document.annotations.keys()].map((id, index) => [id, index]));
  return ok(found.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0)));
}

/** Those that may change: what is locked is left out, and when nothing else is there that is the reason given. */
export function editableIn(
  document: ImageDocument,
  ids: readonly AnnotationId[],
): Result<readonly Annotation[]> {
  const found = foundIn(document, ids);
  if (!found.ok) return found;
  const editable = found.value.filter((annotation) => !annotation.isLocked);
  if (editable.length === 0) return err(lockedError(found.value.length));
  return ok(editable);
}

export function lockedError(count: number) {
  return appError(
    'edit.locked',
    count === 1
      ? 'This object is locked. Unlock it to change it.'
      : 'These objects are locked. Unlock them first.',
    { count },
  );
}
