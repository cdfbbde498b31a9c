import { moveAnnotations } from '../../../shared/actions/move-annotations';
import type { AnnotationId } from '../../../shared/schema/ids';
import type { Editor, PointerInput } from '../../editor/editor';
import { pointed } from '../pointed';
import { previewOf } from '../preview-of';
import type { Outcome, ToolState } from '../tool';

/** Moves the selection with the pointer, as one change. */
export function translating(editor: Editor, press: PointerInput): ToolState {
  const from = pointed(editor, press.screen);
  const ids: readonly AnnotationId[] = [...editor.session.selection];
  const argsFor = (target: Editor, event: PointerInput) => {
    const to = pointed(target, event.screen);
    return { ids, dx: to.x - from.x, dy: to.y - from.y };
  };
  return {
    id: 'translating',
    cursor: () => 'move',
    onPointerMove(target, event) {
      target.setPreview(previewOf(target, moveAnnotations, argsFor(target, event)));
      return 'stay';
    },
    onPointerUp(target, event): Outcome {
      if (event.button !== 'primary') return 'stay';
      target.perform(moveAnnotations, argsFor(target, event));
      return 'done';
    },
  };
}
