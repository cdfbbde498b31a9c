import type { InputEvent } from './editor';

/** More than anyone types while a picture loads; what is beyond it is a key that was left pressed. */
const MOST_HELD = 200;

/**
 * What a person does between asking for another picture and seeing it. Keys are meant for the picture that comes and
 * wait for it; a press of the pointer is meant for what is seen, which is about to go, and is refused with the reason.
 * Looking about (wheel, moves, Space) goes on.
 */
export interface HeldInput {
  dispatch(event: InputEvent): boolean;
  /** From now on keys wait. */
  hold(): void;
  /** The picture is there: keys go to it. When none came, what waited is dropped, as it was meant for another. */
  release(isShown: boolean): void;
}

export function createHeldInput(
  dispatch: (event: InputEvent) => boolean,
  refuse: (reason: string) => void,
): HeldInput {
  let isHolding = false;
  let waiting: InputEvent[] = [];
  return {
    dispatch(event) {
      if (!isHolding) return dispatch(event);
      if (event.type === 'keyDown' && event.key !== ' ') {
        if (waiting.length < MOST_HELD) waiting.push(event);
        return true;
      }
      if (event.type === 'pointerDown' && event.button === 'primary') {
        refuse('Another picture is on its way. Draw when it is here.');
        return true;
      }
      return dispatch(event);
    },
    hold() {
      isHolding = true;
    },
    release(isShown) {
      const events = waiting;
      waiting = [];
      isHolding = false;
      if (isShown) for (const event of events) dispatch(event);
    },
  };
}
