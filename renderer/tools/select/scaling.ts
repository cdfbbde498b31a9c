import { transformAnnotations } from '../../../shared/actions/transform-annotations';
import { scalingAbout } from '../../../shared/geometry/affine';
import { type ImagePoint, imagePoint, screenPoint } from '../../../shared/geometry/point';
import type { Rect } from '../../../shared/geometry/rect';
import type { Handle } from '../../../shared/shapes/shape-behaviour';
import { HANDLE_SIDES } from '../../../shared/shapes/side-handles';
import type { Editor, PointerInput } from '../../editor/editor';
import type { SelectionFrame } from '../../editor/selection-frame';
import { pointedInside } from '../pointed';
import { previewOf } from '../preview-of';
import type { Outcome, ToolState } from '../tool';
import { handlePlace } from './handle-at';

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

function scalingTo(
  bounds: Rect,
  handle: Handle,
  to: ImagePoint,
  { shift, alt }: Pick<PointerInput, 'shift' | 'alt'>,
) {
  const side = HANDLE_SIDES.find(({ id }) => id === handle.id) ?? { x: 0.5, y: 0.5 };
  const fixed = imagePoint(
    bounds.x + (alt ? 0.5 : 1 - side.x) * bounds.width,
    bounds.y + (alt ? 0.5 : 1 - side.y) * bounds.height,
  );
  const x = factorOf(handle.at.x - fixed.x, to.x - fixed.x, bounds.width, side.x);
  const y = factorOf(handle.at.y - fixed.y, to.y - fixed.y, bounds.height, side.y);
  if (!shift) return scalingAbout(fixed, x ?? 1, y ?? 1);
  const both = x === null || (y !== null && Math.abs(y - 1) > Math.abs(x - 1)) ? (y ?? 1) : x;
  return scalingAbout(fixed, both, both);
}

/** Null on an axis that the grip does not move. At least one px of the frame is left. */
function factorOf(before: number, now: number, length: number, side: number): number | null {
  if (side === 0.5 || before === 0) return null;
  return Math.max(now / before, 1 / Math.max(length, 1));
}
