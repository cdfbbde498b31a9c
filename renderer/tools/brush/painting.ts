import { imageFromScreen } from '../../../shared/geometry/camera';
import type { ImagePoint } from '../../../shared/geometry/point';
import type { Editor, PointerInput } from '../../editor/editor';
import { clampedInside } from '../pointed';
import type { Outcome, ToolState } from '../tool';
import { finishStroke } from './finish-stroke';
import { resizeBrush } from './resize-brush';
import { beginStroke } from './stroke';
import type { StrokePurpose } from './stroke-purpose';

/**
 * The button is down: every move paints on. One change is committed when it is let go.
 * @param from where a straight line to the press begins; null for a dot.
 */
export function painting(
  purpose: StrokePurpose,
  press: ImagePoint,
  from: ImagePoint | null,
  button: PointerInput['button'],
): ToolState {
  const stroke = beginStroke(purpose);
  let last = press;
  /** Until it was refused to go on, e.g. because the window would not fit in memory; what is there is kept. */
  let isGoing = true;

  function paintTo(editor: Editor, event: PointerInput): void {
    const to = clampedInside(editor, imageFromScreen(editor.session.camera, event.screen));
    if (!isGoing || (to.x === last.x && to.y === last.y)) return;
    isGoing = stroke.sweep(editor, last, to);
    last = to;
  }

  return {
    id: 'painting',
    cursor: () => 'crosshair',
    onWheel: resizeBrush,
    onEnter(editor) {
      isGoing = stroke.sweep(editor, from ?? press, press);
    },
    onPointerMove(editor, event) {
      paintTo(editor, event);
      return 'stay';
    },
    onPointerUp(editor, event): Outcome {
      if (event.button !== button) return 'stay';
      paintTo(editor, event);
      return finishStroke(editor, stroke, last);
    },
  };
}
