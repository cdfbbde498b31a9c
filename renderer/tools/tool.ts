import type { Editor, KeyInput, PointerInput, WheelInput } from '../editor/editor';

/** What a state makes of an event: go to another state, finish (back to the tool's initial state), stay, or not its. */
export type Outcome = ToolState | 'done' | 'stay' | 'ignored';

/**
 * One moment of an interaction, in its own file. Data of the moment lives in the closure of the function that makes
 * it. States only preview; the last one commits once. Whatever a state does, the engine takes `cancel` itself: it
 * discards the preview and goes back to the tool's initial state, so no state can forget to.
 */
export interface ToolState {
  /** A participle, e.g. `drawing`. */
  readonly id: string;
  /** CSS cursor; asked after each event. */
  cursor(editor: Editor): string;
  onPointerDown?(editor: Editor, event: PointerInput): Outcome;
  onPointerMove?(editor: Editor, event: PointerInput): Outcome;
  onPointerUp?(editor: Editor, event: PointerInput): Outcome;
  onDoubleClick?(editor: Editor): Outcome;
  /** The wheel while Alt is held; any other turn of it moves the view. */
  onWheel?(editor: Editor, event: WheelInput): Outcome;
  onKeyDown?(editor: Editor, event: KeyInput): Outcome;
  /** The window lost the keyboard. A state without this is cancelled, since a button it waits for may never come up. */
  onBlur?(editor: Editor): Outcome;
  /** Whether this state means a key that would else be a command's, e.g. Backspace for the last point. */
  takesKey?(editor: Editor, event: KeyInput): boolean;
  /** What was set point by point and would be lost if this state were left, e.g. `polygon`; null while that is nothing. */
  unfinished?(): string | null;
  /** Called once the state before it was left. A pan over a state neither leaves nor enters it. */
  onEnter?(editor: Editor): void;
  /** Called when the state is left, also by cancel; takes back what it put into the session beyond the preview. */
  onExit?(editor: Editor): void;
}

export interface Tool {
  readonly id: string;
  readonly title: string;
  initial(): ToolState;
}
