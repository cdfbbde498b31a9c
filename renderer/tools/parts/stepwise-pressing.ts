import type { ImagePoint, ScreenPoint } from '../../../shared/geometry/point';
import { isDrag } from '../drag-distance';
import type { Outcome, ToolState } from '../tool';
import { takesPointBack } from './draft-keys';
import { pointUnder } from './point-under';
import { keepSteps, previewStep, type StepwiseDrawing } from './stepwise-drawing';
import { waiting } from './stepwise-waiting';

/** The button is down on the first point: a drag sets the second where it is let go, a click waits for it. */
export function pressing(drawing: StepwiseDrawing, pressed: ScreenPoint, first: ImagePoint): ToolState {
  // Once far enough it stays a drag, so that a box drawn out and back is small, not a click.
  let isDragging = false;
  return {
    id: 'drawing',
    cursor: () => 'crosshair',
    onPointerMove(editor, event) {
      isDragging ||= isDrag(pressed, event.screen);
      if (!isDragging) return 'stay';
      const to = pointUnder(editor, event);
      previewStep(editor, drawing, drawing.arranged([first, to.at], event, editor), to);
      return 'stay';
    },
    onPointerUp(editor, event): Outcome {
      if (event.button !== 'primary') return 'stay';
      if (!isDragging && !isDrag(pressed, event.screen))
        return waiting(drawing, [first], { isKeyboard: false });
      const points = drawing.arranged([first, pointUnder(editor, event).at], event, editor);
      if (points.length === drawing.steps.length) {
        keepSteps(editor, drawing, points);
        return 'done';
      }
      const flaw = drawing.flaw?.(points) ?? null;
      if (flaw === null) return waiting(drawing, points, { isKeyboard: false });
      editor.setHint(flaw);
      return 'done';
    },
    // Nothing else is deleted or undone while the button is down.
    takesKey: (_editor, event) => takesPointBack(event),
    onKeyDown: (_editor, event) => (takesPointBack(event) ? 'done' : 'ignored'),
  };
}
