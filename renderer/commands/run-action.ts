import type { Action } from '../../shared/actions/edit/action';
import { isEmptyChange } from '../../shared/document/change-set';
import type { Annotation } from '../../shared/schema/annotation';
import type { AnnotationId } from '../../shared/schema/ids';
import type { Services } from '../app/services';

/** Runs a pure edit on the open image and commits what it gives; a refusal is shown. True when something changed. */
export function runAction<Args>(services: Services, action: Action<Args>, args: Args): boolean {
  const { editor, toasts } = services;
  if (editor.document === null) return false;
  const change = editor.tryAction(action, args);
  if (!change.ok) {
    toasts.show({ message: change.error.message });
    return false;
  }
  if (isEmptyChange(change.value)) return false;
  editor.commit(change.value);
  return true;
}

export function selectedIds({ editor }: Services): readonly AnnotationId[] {
  return [...editor.session.selection];
}

export function selectedAnnotations({ editor }: Services): readonly Annotation[] {
  return [...editor.session.selection].flatMap((id) => editor.document?.annotations.get(id) ?? []);
}
