import { type AnnotationFlag, setFlags } from '../../../shared/actions/set-flags';
import type { AnnotationId } from '../../../shared/schema/ids';
import type { Editor } from '../editor';

/** Turns a flag of objects (the selection when none are given) on, or off when all of them have it. */
export function toggleFlag(
  editor: Editor,
  flag: AnnotationFlag,
  ids: readonly AnnotationId[] = [...editor.session.selection],
): boolean {
  const objects = ids.flatMap((id) => editor.document?.annotations.get(id) ?? []);
  return editor.perform(setFlags, { ids, flag, isOn: !objects.every((object) => object[flag]) });
}
