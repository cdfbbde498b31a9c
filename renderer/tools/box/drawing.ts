import type { ImagePoint, ScreenPoint } from '../../../shared/geometry/point';
import { isDrag } from '../drag-distance';
import { pointedInside } from '../pointed';
import type { Outcome, ToolState } from '../tool';
import { awaitingCorner } from './awaiting-corner';
import { commitBox, previewBox } from './box-draft';

/** The button is down: a drag ends the box where it is let go, a click waits for the second corner. */
export function drawing(pressed: ScreenPoint, corner: ImagePoint): ToolState {
  // Once far enough it stays a drag, so that a box drawn out and back is small, not a click.
  let isDragging = false;
  return {
    id: 'drawing',
    cursor: () => 'crosshair',
    onPointerMove(editor, event) {
      isDragging ||= isDrag(pressed, event.screen);
      if (isDragging) previewBox(editor, corner, pointedInside(editor, event.screen));
      return 'stay';
    },
    onPointerUp(editor, event): Outcome {
      if (event.button !== 'primary') return 'stay';
      if (!isDragging && !isDrag(pressed, event.screen)) return awaitingCorner(corner);
      commitBox(editor, corner, pointedInside(editor, event.screen));
      return 'done';
    },
  };
}
