import type { Editor, KeyInput } from '../editor/editor';
import { type NudgeDirection, nudgeEdge } from '../editor/operations/nudge-edge';
import { nudgeSelection } from '../editor/operations/nudge-selection';
import { arrowStep } from './arrow-step';
import type { Outcome } from './tool';

const DIRECTIONS: Readonly<Record<string, NudgeDirection>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/**
 * Arrows on what is selected: 1 px, with Shift 10 px. With Alt one edge moves: the one that the arrow points away from
 * the middle to, so the box grows; with Alt and Shift the opposite one, so it shrinks. Without a selection not used.
 */
export function onSelectionKey(editor: Editor, event: KeyInput): Outcome {
  const direction = DIRECTIONS[event.key];
  const step = arrowStep(event);
  if (direction === undefined || step === null || event.control) return 'ignored';
  if (editor.session.selection.size === 0) return 'ignored';
  if (event.alt) nudgeEdge(editor, { direction, isOpposite: event.shift, step: 1 });
  else nudgeSelection(editor, step);
  return 'stay';
}
