import type { ImagePoint } from '../../../shared/geometry/point';
import type { Annotation } from '../../../shared/schema/annotation';
import type { MaskShape } from '../../../shared/schema/shapes';
import type { Editor } from '../../editor/editor';
import { reasonNotToDraw } from '../parts/reason-not-to-draw';

export type MaskAnnotation = Annotation & { readonly shape: MaskShape };

/** What a stroke does: into which mask, or into a new one. */
export interface StrokePurpose {
  readonly target: MaskAnnotation | null;
  readonly isErasing: boolean;
}

/**
 * What a stroke that begins at a place would do, or why there can be none. Painting goes into the selected mask, else
 * into a new one; erasing takes from the selected mask, else from the topmost under the brush.
 */
export function purposeAt(editor: Editor, at: ImagePoint, isOther: boolean): StrokePurpose | string {
  const { toolOptions, readOnlyReason } = editor.session;
  const isErasing = (toolOptions.brushMode === 'erase') !== isOther;
  const selected = selectedMask(editor);
  if (selected?.isLocked === true)
    return 'This mask is locked. Unlock it to change it, or press Esc to leave it.';
  if (selected !== null) return readOnlyReason ?? { target: selected, isErasing };
  if (!isErasing) return reasonNotToDraw(editor, 'mask') ?? { target: null, isErasing };
  if (editor.document === null) return 'Open a picture first.';
  const id = editor.hit(at, toolOptions.brushDiameter / 2);
  const found = id === null ? undefined : editor.document.annotations.get(id);
  if (found === undefined || !isMask(found)) return 'Select a mask to erase from, or begin on one.';
  if (found.isLocked) return 'This mask is locked. Unlock it to change it.';
  return readOnlyReason ?? { target: found, isErasing };
}

/** The one selected object when it is a mask. */
export function selectedMask({ session, document }: Editor): MaskAnnotation | null {
  if (session.selection.size !== 1) return null;
  const [id] = session.selection;
  const annotation = id === undefined ? undefined : document?.annotations.get(id);
  return annotation !== undefined && isMask(annotation) ? annotation : null;
}

function isMask(annotation: Annotation): annotation is MaskAnnotation {
  return annotation.shape.type === 'mask';
}
