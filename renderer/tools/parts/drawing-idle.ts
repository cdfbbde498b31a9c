import type { Editor, KeyInput, PointerInput } from '../../editor/editor';
import { onSelectionKey } from '../selection-keys';
import type { Outcome, ToolState } from '../tool';
import { showSnap } from './draft-preview';
import { pointUnder } from './point-under';

export interface DrawingStart {
  /** What a press of the pointer begins. */
  readonly press: (editor: Editor, event: PointerInput) => Outcome;
  /** What Enter begins: the way by keyboard. */
  readonly aim: (editor: Editor, event: KeyInput) => Outcome;
  /** Whether the place that a point would snap to is shown before the first one is set. */
  readonly showsSnap: boolean;
}

/**
 * Nothing is drawn yet, for every tool that draws from a first point: Escape goes back to selecting, other keys act on
 * what is selected.
 */
export function drawingIdle({ press, aim, showsSnap }: DrawingStart): ToolState {
  return {
    id: 'idle',
    cursor: () => 'crosshair',
    ...(showsSnap && {
      onPointerMove(editor: Editor, event: PointerInput): Outcome {
        showSnap(editor, pointUnder(editor, event));
        return 'stay';
      },
    }),
    onPointerDown: press,
    onKeyDown(editor, event) {
      if (event.key === 'Escape') {
        editor.setTool('select');
        return 'stay';
      }
      return event.key === 'Enter' ? aim(editor, event) : onSelectionKey(editor, event);
    },
  };
}
