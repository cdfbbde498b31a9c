import type { ImageDocument } from '../../document/image-document';
import { appError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type { Annotation } from '../../schema/annotation';
import type { AnnotationId } from '../../schema/ids';
import { behaviourOf } from '../../shapes';

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

/**
 * Those that may be carried about: what is locked or pinned is left out, and so is what has no place in the picture.
 * When nothing is left, the reason why.
 */
export function movableIn(
  document: ImageDocument,
  ids: readonly AnnotationId[],
): Result<readonly Annotation[]> {
  const editable = editableIn(document, ids);
  if (!editable.ok) return editable;
  const placed = editable.value.filter(({ shape }) => behaviourOf(shape).cover !== 'none');
  if (placed.length === 0) {
    return err(
      appError('usage.bad-arguments', 'A tag belongs to the whole picture and has no place to move from.'),
    );
  }
  const movable = placed.filter((annotation) => annotation.isPinned !== true);
  if (movable.length === 0) return err(pinnedError(placed.length));
  return ok(movable);
}

function pinnedError(count: number) {
  return appError(
    'edit.pinned',
    count === 1
      ? 'This object is pinned. Unpin it to move it; its outline can be changed.'
      : 'These objects are pinned. Unpin them to move them; their outlines can be changed.',
    { count },
  );
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
