import type { Editor, KeyInput } from '../editor/editor';
import { nudgeVertices } from '../editor/operations/move-vertices';
import { type NudgeDirection, nudgeEdge } from '../editor/operations/nudge-edge';
import { nudgeSelection } from '../editor/operations/nudge-selection';
import { scaleSelection, turnSelection } from '../editor/operations/transform-selection';
import { arrowStep } from './arrow-step';
import type { Outcome } from './tool';

const DIRECTIONS: Readonly<Record<string, NudgeDirection>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** Ctrl with left and right turns by this much, with Shift by the second. */
const TURN_IN_DEGREES = { fine: 1, coarse: 15 } as const;
/** Ctrl with up and down scales by this factor, with Shift by the second. */
const SCALE = { fine: 1.01, coarse: 1.1 } as const;

/**
 * Arrows on what is selected: 1 px, with Shift 10 px; vertices when some are chosen, else the objects. With Alt one
 * edge moves: the one that the arrow points away from the middle to, so the box grows; with Alt and Shift the opposite
 * one, so it shrinks. With Ctrl left and right turn, up and down scale. Without a selection not used.
 */
export function onSelectionKey(editor: Editor, event: KeyInput): Outcome {
  const direction = DIRECTIONS[event.key];
  const step = arrowStep(event);
  if (direction === undefined || step === null || editor.session.selection.size === 0) return 'ignored';
  if (event.control) transformByKey(editor, direction, event.shift);
  else if (event.alt) nudgeEdge(editor, { direction, isOpposite: event.shift, step: 1 });
  else if (!nudgeVertices(editor, step)) nudgeSelection(editor, step);
  return 'stay';
}

function transformByKey(editor: Editor, direction: NudgeDirection, isCoarse: boolean): void {
  const degrees = isCoarse ? TURN_IN_DEGREES.coarse : TURN_IN_DEGREES.fine;
  const factor = isCoarse ? SCALE.coarse : SCALE.fine;
  switch (direction) {
    case 'left':
      turnSelection(editor, -degrees);
      return;
    case 'right':
      turnSelection(editor, degrees);
      return;
    case 'up':
      scaleSelection(editor, factor);
      return;
    case 'down':
      scaleSelection(editor, 1 / factor);
      return;
  }
}
