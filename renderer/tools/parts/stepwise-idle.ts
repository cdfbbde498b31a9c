import type { Editor, PointerInput } from '../../editor/editor';
import type { Outcome, ToolState } from '../tool';
import { aiming } from './aiming';
import { drawingIdle } from './drawing-idle';
import { pointUnder } from './point-under';
import { reasonNotToDraw } from './reason-not-to-draw';
import { refused } from './refused';
import type { StepwiseDrawing } from './stepwise-drawing';
import { pressing } from './stepwise-pressing';
import { waiting } from './stepwise-waiting';

/** Nothing is drawn yet. `drawingNow` is asked at the first point, so that options may change between objects. */
export function stepwiseIdle(drawingNow: (editor: Editor) => StepwiseDrawing): ToolState {
  return drawingIdle({
    showsSnap: true,
    press: (editor, event) => pressed(editor, event, drawingNow(editor)),
    aim(editor) {
      const drawing = drawingNow(editor);
      const reason = reasonNotToDraw(editor, drawing.shapeType);
      if (reason !== null) return refused(editor, reason);
      return aiming(editor, {
        noun: drawing.noun,
        first: drawing.steps[0].name,
        onPointerDown: (target, press) => pressed(target, press, drawing),
        onSet: (_target, at) => waiting(drawing, [at.at], { isKeyboard: true }),
      });
    },
  });
}

function pressed(editor: Editor, event: PointerInput, drawing: StepwiseDrawing): Outcome {
  if (event.button !== 'primary') return 'ignored';
  const reason = reasonNotToDraw(editor, drawing.shapeType);
  if (reason !== null) return refused(editor, reason);
  const { at } = pointUnder(editor, event);
  return drawing.isDragged
    ? pressing(drawing, event.screen, at)
    : waiting(drawing, [at], { isKeyboard: false });
}
