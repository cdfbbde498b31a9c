import type { Editor, PointerInput } from '../../editor/editor';
import { onSelectionKey } from '../selection-keys';
import type { Outcome, ToolState } from '../tool';
import { aiming } from './aiming';
import { showSnap } from './draft-preview';
import { pointUnder } from './point-under';
import { reasonNotToDraw } from './reason-not-to-draw';
import type { StepwiseDrawing } from './stepwise-drawing';
import { pressing } from './stepwise-pressing';
import { waiting } from './stepwise-waiting';

/** Nothing is drawn yet. `drawingNow` is asked at the first point, so that options may change between objects. */
export function stepwiseIdle(drawingNow: (editor: Editor) => StepwiseDrawing): ToolState {
  return {
    id: 'idle',
    cursor: () => 'crosshair',
    onPointerMove(editor, event) {
      showSnap(editor, pointUnder(editor, event));
      return 'stay';
    },
    onPointerDown: (editor, event) => pressed(editor, event, drawingNow(editor)),
    onKeyDown(editor, event) {
      if (event.key === 'Escape') {
        editor.setTool('select');
        return 'stay';
      }
      if (event.key !== 'Enter') return onSelectionKey(editor, event);
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
  };
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

function refused(editor: Editor, reason: string): 'stay' {
  editor.setHint(reason);
  editor.announce(reason);
  return 'stay';
}
