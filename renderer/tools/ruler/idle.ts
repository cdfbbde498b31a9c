import type { Editor, PointerInput } from '../../editor/editor';
import { aiming } from '../parts/aiming';
import { showSnap } from '../parts/draft-preview';
import { pointUnder } from '../parts/point-under';
import { onSelectionKey } from '../selection-keys';
import type { Outcome, ToolState } from '../tool';
import { measuring } from './measuring';

export function idle(): ToolState {
  return {
    id: 'idle',
    cursor: () => 'crosshair',
    onPointerMove(editor, event) {
      showSnap(editor, pointUnder(editor, event));
      return 'stay';
    },
    onPointerDown: startMeasuring,
    onKeyDown(editor, event) {
      if (event.key === 'Escape') {
        editor.setTool('select');
        return 'stay';
      }
      return event.key === 'Enter' ? aimRuler(editor) : onSelectionKey(editor, event);
    },
  };
}

/** A press sets the end that stays. */
export function startMeasuring(editor: Editor, event: PointerInput): Outcome {
  if (event.button !== 'primary') return 'ignored';
  return measuring(pointUnder(editor, event).at, event);
}

/** Both ends by keyboard. */
export function aimRuler(editor: Editor): ToolState {
  return aiming(editor, {
    noun: 'ruler',
    first: 'where to measure from',
    keepsSelection: true,
    onPointerDown: startMeasuring,
    onSet: (_target, at) => measuring(at.at, null),
  });
}
