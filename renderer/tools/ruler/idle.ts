import type { Editor, PointerInput } from '../../editor/editor';
import { aiming } from '../parts/aiming';
import { drawingIdle } from '../parts/drawing-idle';
import { pointUnder } from '../parts/point-under';
import type { Outcome, ToolState } from '../tool';
import { measuring } from './measuring';

export function idle(): ToolState {
  return drawingIdle({ showsSnap: true, press: startMeasuring, aim: aimRuler });
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
