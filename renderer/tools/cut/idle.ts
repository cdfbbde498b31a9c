import type { Editor, PointerInput } from '../../editor/editor';
import { aiming } from '../parts/aiming';
import { showSnap } from '../parts/draft-preview';
import type { PathDrawing } from '../parts/path-drawing';
import { pathing } from '../parts/path-pathing';
import { pointUnder } from '../parts/point-under';
import type { Snapped } from '../parts/snapping';
import { onSelectionKey } from '../selection-keys';
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
  return {
    id: 'idle',
    cursor: () => 'crosshair',
    onPointerMove(editor, event) {
      showSnap(editor, pointUnder(editor, event));
      return 'stay';
    },
    onPointerDown: pressed,
    onKeyDown(editor, event) {
      if (event.key === 'Escape') {
        editor.setTool('select');
        return 'stay';
      }
      if (event.key !== 'Enter') return onSelectionKey(editor, event);
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
  };
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

function refused(editor: Editor, reason: string): 'stay' {
  editor.setHint(reason);
  editor.announce(reason);
  return 'stay';
}
