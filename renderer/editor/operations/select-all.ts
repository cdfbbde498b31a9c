import type { Editor } from '../editor';

/** Selects every object that is not hidden. */
export function selectAll(editor: Editor): void {
  const objects = [...(editor.document?.annotations.values() ?? [])];
  editor.select(objects.filter((object) => !object.isHidden).map((object) => object.id));
}
