import type { ImagePoint } from '../../../shared/geometry/point';
import { pointedInside } from '../pointed';
import type { Outcome, ToolState } from '../tool';
import { commitBox, previewBox } from './box-draft';

/** One corner was clicked; the next press sets the other. A press that makes too small a box says so and waits on. */
export function awaitingCorner(corner: ImagePoint): ToolState {
  return {
    id: 'awaiting-corner',
    cursor: () => 'crosshair',
    onPointerMove(editor, event) {
      previewBox(editor, corner, pointedInside(editor, event.screen));
      return 'stay';
    },
    onPointerDown(editor, event): Outcome {
      if (event.button !== 'primary') return 'ignored';
      return commitBox(editor, corner, pointedInside(editor, event.screen)) ? 'done' : 'stay';
    },
  };
}
