import { type ScreenPoint, screenPoint } from '../../shared/geometry/point';
import type { Editor, KeyInput, Modifiers, PointerInput } from '../editor/editor';

const BUTTONS = ['primary', 'middle', 'secondary'] as const;
/** Height that browsers give a line when a wheel reports lines instead of px. */
const LINE_IN_SCREEN_PX = 16;

/**
 * Turns DOM events on the canvas into the editor's input. Keys are taken while the canvas or nothing has the focus;
 * one that no tool used goes on to whoever listens after. Returns the way to stop.
 */
export function listenToInput(container: HTMLElement, editor: Editor): () => void {
  const stops = new AbortController();
  const { signal } = stops;

  const pointOf = (event: MouseEvent): ScreenPoint => {
    const { left, top } = container.getBoundingClientRect();
    return screenPoint(
      event.clientX - left - container.clientLeft,
      event.clientY - top - container.clientTop,
    );
  };

  const pointer = (type: PointerInput['type'], event: PointerEvent, button: PointerInput['button']) =>
    editor.dispatch({ type, screen: pointOf(event), button, ...modifiersOf(event) });

  container.addEventListener(
    'pointerdown',
    (event) => {
      const button = BUTTONS[event.button];
      if (button === undefined) return;
      container.focus({ preventScroll: true });
      // The drag goes on outside the canvas, and its end is never missed.
      container.setPointerCapture(event.pointerId);
      // Middle button: no autoscroll.
      if (button === 'middle') event.preventDefault();
      pointer('pointerDown', event, button);
    },
    { signal },
  );
  container.addEventListener('pointermove', (event) => void pointer('pointerMove', event, 'primary'), {
    signal,
  });
  container.addEventListener(
    'pointerup',
    (event) => {
      const button = BUTTONS[event.button];
      if (button !== undefined) pointer('pointerUp', event, button);
    },
    { signal },
  );
  container.addEventListener('pointercancel', () => void editor.dispatch({ type: 'cancel' }), { signal });
  container.addEventListener('pointerleave', () => void editor.dispatch({ type: 'pointerLeave' }), {
    signal,
  });
  container.addEventListener(
    'dblclick',
    (event) => void editor.dispatch({ type: 'doubleClick', screen: pointOf(event), ...modifiersOf(event) }),
    { signal },
  );
  container.addEventListener(
    'wheel',
    (event) => {
      // Also keeps Ctrl+wheel from zooming the whole window.
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_IN_SCREEN_PX : 1;
      editor.dispatch({
        type: 'wheel',
        screen: pointOf(event),
        deltaX: event.deltaX * unit,
        deltaY: event.deltaY * unit,
        ...modifiersOf(event),
      });
    },
    { signal, passive: false },
  );

  const key = (type: KeyInput['type'], event: KeyboardEvent) => {
    const isOurs =
      event.target === document.body || (event.target instanceof Node && container.contains(event.target));
    // A key that goes up is always told: the picture must not stay grabbed when the focus went elsewhere.
    if (event.defaultPrevented || event.isComposing || (type === 'keyDown' && !isOurs)) return;
    if (isModalOpen() && type === 'keyDown') return;
    const isUsed = editor.dispatch(keyInputOf(type, event));
    if (isUsed && isOurs) event.preventDefault();
  };
  window.addEventListener('keydown', (event) => key('keyDown', event), { signal });
  window.addEventListener('keyup', (event) => key('keyUp', event), { signal });
  // Focus lost in the middle of a drag or with Space held: no key-up and no pointer-up will come.
  window.addEventListener('blur', () => void editor.dispatch({ type: 'cancel' }), { signal });

  return () => stops.abort();
}

/** A key of the DOM as tools see it. */
export function keyInputOf(type: KeyInput['type'], event: KeyboardEvent): KeyInput {
  return { type, key: event.key, isRepeat: event.repeat, ...modifiersOf(event) };
}

function modifiersOf(event: MouseEvent | KeyboardEvent): Modifiers {
  return { shift: event.shiftKey, alt: event.altKey, control: event.ctrlKey || event.metaKey };
}

function isModalOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}
