import type { Editor, PointerInput } from '../../editor/editor';
import { aiming } from '../parts/aiming';
import { drawingIdle } from '../parts/drawing-idle';
import type { PathDrawing } from '../parts/path-drawing';
import { pathing } from '../parts/path-pathing';
import { pointUnder } from '../parts/point-under';
import { refused } from '../parts/refused';
import type { Snapped } from '../parts/snapping';
import type { Outcome, ToolState } from '../tool';
import { cutAlong } from './cut-along';

const drawing: PathDrawing = {
  shapeType: 'polyline',
  noun: 'cut',
  isClosed: false,
  isLine: true,
  lineKind: 'cut',
  endsWithStroke: true,
  purpose: {
    noun: 'cut',
    least: 2,
    most: Number.POSITIVE_INFINITY,
    replaces: null,
    shapeOf: () => null,
    keep: cutAlong,
  },
  otherPurpose: () => null,
};

export function idle(): ToolState {
  return drawingIdle({
    showsSnap: true,
    press: pressed,
    aim(editor) {
      const reason = reasonNotToCut(editor);
      if (reason !== null) return refused(editor, reason);
      return aiming(editor, {
        noun: 'cut',
        first: 'the first point of the line',
        // What is selected is what is cut.
        keepsSelection: true,
        onPointerDown: pressed,
        onSet: (target, at) => begun(target, at, null),
      });
    },
  });
}

function pressed(editor: Editor, event: PointerInput): Outcome {
  if (event.button !== 'primary') return 'ignored';
  return begun(editor, pointUnder(editor, event), event);
}

function begun(editor: Editor, at: Snapped, press: PointerInput | null): Outcome {
  const reason = reasonNotToCut(editor);
  return reason === null ? pathing(drawing, drawing.purpose, at, press) : refused(editor, reason);
}

function reasonNotToCut(editor: Editor): string | null {
  if (editor.document === null) return 'Open a picture first.';
  return editor.session.readOnlyReason;
}
