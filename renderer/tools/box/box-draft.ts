import { createAnnotation } from '../../../shared/actions/create-annotation';
import type { ImagePoint } from '../../../shared/geometry/point';
import { behaviourOf } from '../../../shared/shapes';
import { boxFromCorners } from '../../../shared/shapes/box/box';
import type { Editor } from '../../editor/editor';

/** Shows the box between two corners, with the reason while it is too small to keep. */
export function previewBox(editor: Editor, from: ImagePoint, to: ImagePoint): void {
  const shape = boxFromCorners(from, to);
  const size = editor.document?.size ?? { width: 0, height: 0 };
  const fitted = behaviourOf(shape).fitted(shape, size);
  editor.setPreview({
    shapes: [{ shape, labelId: editor.session.activeLabelId, replaces: null }],
    hint: fitted.ok ? null : fitted.error.message,
  });
}

/** Commits the box between two corners and selects it. False, with the reason as a hint, when it cannot be kept. */
export function commitBox(editor: Editor, from: ImagePoint, to: ImagePoint): boolean {
  const labelId = editor.session.activeLabelId;
  if (labelId === null) return false;
  const isDone = editor.perform(createAnnotation, { labelId, shape: boxFromCorners(from, to) });
  const newest = [...(editor.document?.annotations.keys() ?? [])].at(-1);
  if (isDone && newest !== undefined) editor.select([newest]);
  return isDone;
}
