import type { ImagePoint } from '../../../shared/geometry/point';
import type { Editor, KeyInput, PointerInput } from '../../editor/editor';
import type { Outcome, ToolState } from '../tool';
import { showDraft } from './draft-preview';
import { moveKeyboardCursor, startingPoint, steppedFrom } from './keyboard-cursor';
import { type Snapped, snapped } from './snapping';

/** Ctrl means longer steps while the keyboard draws, so only the habit decides about snapping. */
export const NO_CONTROL = { control: false };

interface Aim {
  /** `box`, `polygon`. */
  readonly noun: string;
  /** What Enter sets: `the first corner`. */
  readonly first: string;
  /** Shown from the start on when given: where the crosshair begins. */
  readonly from?: ImagePoint;
  /** The selection stays, because what is drawn becomes part of it. */
  readonly keepsSelection?: boolean;
  onPointerDown(editor: Editor, event: PointerInput): Outcome;
  onSet(editor: Editor, at: Snapped, event: KeyInput): Outcome;
}

/** Before the first point, by keyboard: arrows move the crosshair, Enter sets the point, Escape gives up. */
export function aiming(editor: Editor, aim: Aim): ToolState {
  const start = aim.from ?? startingPoint(editor);
  const target = (from: Editor) => snapped(from, from.session.keyboardCursor ?? start, NO_CONTROL);
  return {
    id: 'aiming',
    cursor: () => 'crosshair',
    onEnter(entered) {
      // Arrows now mean the crosshair and nothing else.
      if (aim.keepsSelection !== true) entered.select([]);
      moveKeyboardCursor(entered, start);
      entered.announce(
        `Keyboard ${aim.noun}. Crosshair at ${start.x}, ${start.y}. Arrows move it, Enter sets ${aim.first}, Escape cancels.`,
      );
    },
    onKeyDown(entered, event) {
      const to = steppedFrom(entered, entered.session.keyboardCursor ?? start, event);
      if (to !== null) {
        moveKeyboardCursor(entered, to);
        showDraft(entered, { shape: null }, target(entered));
        entered.announce(`${to.x}, ${to.y}`);
        return 'stay';
      }
      return event.key === 'Enter' ? aim.onSet(entered, target(entered), event) : 'ignored';
    },
    // A press of the pointer takes over from the keyboard.
    onPointerDown: aim.onPointerDown,
    onBlur: () => 'stay',
    onExit: (entered) => entered.setKeyboardCursor(null),
  };
}
