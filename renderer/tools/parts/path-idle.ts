import type { Editor, PointerInput } from '../../editor/editor';
import type { Outcome, ToolState } from '../tool';
import { aiming } from './aiming';
import { drawingIdle } from './drawing-idle';
import type { PathDrawing, PathPurpose } from './path-drawing';
import { pathing } from './path-pathing';
import { pointUnder } from './point-under';
import { reasonNotToDraw } from './reason-not-to-draw';
import { refused } from './refused';
import type { Snapped } from './snapping';

/** Nothing is drawn yet. */
export function pathIdle(drawing: PathDrawing): ToolState {
  return drawingIdle({
    showsSnap: true,
    press: (editor, event) => pressed(editor, event, drawing),
    aim(editor, event) {
      const reason = event.alt ? null : reasonNotToDraw(editor, drawing.shapeType);
      if (reason !== null) return refused(editor, reason);
      return aiming(editor, {
        noun: drawing.noun,
        first: 'the first point',
        // With Alt the point may belong to what is selected.
        keepsSelection: true,
        onPointerDown: (target, press) => pressed(target, press, drawing),
        onSet: (target, at, key) => begun(target, drawing, at, key.alt || event.alt, null),
      });
    },
  });
}

function pressed(editor: Editor, event: PointerInput, drawing: PathDrawing): Outcome {
  if (event.button !== 'primary') return 'ignored';
  return begun(editor, drawing, pointUnder(editor, event), event.alt, event);
}

/** Sets the first point, after what it is for is known. */
function begun(
  editor: Editor,
  drawing: PathDrawing,
  at: Snapped,
  isOther: boolean,
  press: PointerInput | null,
): Outcome {
  const other = isOther ? drawing.otherPurpose(editor, at.at) : null;
  if (typeof other === 'string') return refused(editor, other);
  const isPartOfSelected = other !== null && other.replaces !== null;
  const reason = isPartOfSelected
    ? editor.session.readOnlyReason
    : reasonNotToDraw(editor, drawing.shapeType);
  if (reason !== null) return refused(editor, reason);
  const purpose: PathPurpose = other ?? drawing.purpose;
  if (purpose.most > 1) return pathing(drawing, purpose, at, press);
  return purpose.keep(editor, [at.at]) ? 'done' : 'stay';
}
