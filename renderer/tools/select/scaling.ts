import { transformAnnotations } from '../../../shared/actions/transform-annotations';
import { screenPoint } from '../../../shared/geometry/point';
import type { Handle } from '../../../shared/shapes/shape-behaviour';
import type { Editor, PointerInput } from '../../editor/editor';
import type { SelectionFrame } from '../../editor/selection-frame';
import { pointedInside } from '../pointed';
import { previewOf } from '../preview-of';
import type { Outcome, ToolState } from '../tool';
import { handlePlace } from './handle-at';
import { scalingTo } from './scaling-to';

/**
 * Scales all selected objects by a grip of their frame: away from the opposite one, with Alt about the middle, with
 * Shift by the same factor on both axes. A frame never turns inside out: left and right of a skeleton mean something.
 */
export function scaling(press: PointerInput, frame: SelectionFrame, handle: Handle): ToolState {
  const argsFor = (editor: Editor, event: PointerInput) => {
    const from = handlePlace(editor, handle);
    const to = screenPoint(
      from.x + event.screen.x - press.screen.x,
      from.y + event.screen.y - press.screen.y,
    );
    return { ids: frame.ids, transform: scalingTo(frame.bounds, handle, pointedInside(editor, to), event) };
  };
  return {
    id: 'scaling',
    cursor: () => handle.cursor,
    onPointerMove(editor, event) {
      editor.setPreview(previewOf(editor, transformAnnotations, argsFor(editor, event)));
      return 'stay';
    },
    onPointerUp(editor, event): Outcome {
      if (event.button !== 'primary') return 'stay';
      editor.perform(transformAnnotations, argsFor(editor, event));
      return 'done';
    },
  };
}
