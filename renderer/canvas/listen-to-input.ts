import { type ScreenPoint, screenPoint } from '../../shared/geometry/point';
import type { Editor, KeyInput, Modifiers, PointerInput, Session } from '../editor/editor';
import { type Contact, createTouchGestures, type TouchVerdict } from './touch-gestures';
import { turnOf, unturnedKey, unturnedPoint, unturnedVector } from './view-turn';

const BUTTONS = ['primary', 'middle', 'secondary'] as const;
/** Height that browsers give a line when a wheel reports lines instead of px. */
const LINE_IN_SCREEN_PX = 16;

/** What lies over the picture and takes presses before the tools do; points on the glass. Each says whether it did. */
export interface GlassControl {
  press(at: ScreenPoint): boolean;
  dragTo(at: ScreenPoint): boolean;
  release(): boolean;
}

/**
 * Turns DOM events on the canvas into the editor's input: what happens on the glass is told as it is before the turn of
 * the view. Keys are taken while the canvas or nothing has the focus; one that no tool used goes on to whoever listens
 * after. Returns the way to stop.
 */
export function listenToInput(container: HTMLElement, editor: Editor, control?: GlassControl): () => void {
  const stops = new AbortController();
  const { signal } = stops;

  const pointOnGlass = (event: MouseEvent): ScreenPoint => {
    const { left, top } = container.getBoundingClientRect();
    return screenPoint(
      event.clientX - left - container.clientLeft,
      event.clientY - top - container.clientTop,
    );
  };
  const pointOf = (event: MouseEvent): ScreenPoint =>
    unturnedPoint(turnOf(editor.session), pointOnGlass(event));

  const touch = createTouchGestures();
  const contactOf = (event: PointerEvent): Contact => ({
    pointerId: event.pointerId,
    kind: event.pointerType === 'touch' || event.pointerType === 'pen' ? event.pointerType : 'mouse',
    at: pointOnGlass(event),
    width: event.width,
    height: event.height,
    time: event.timeStamp,
  });
  /** True when the event is the pointer's; what two fingers do is done here. */
  const isPointer = (verdict: TouchVerdict): boolean => {
    if (verdict === 'cancel') {
      control?.release();
      editor.dispatch({ type: 'cancel' });
    } else if (typeof verdict === 'object') {
      const turn = turnOf(editor.session);
      const { dx, dy } = unturnedVector(turn.quarterTurns, verdict.dx, verdict.dy);
      const screen = unturnedPoint(turn, verdict.centre);
      editor.dispatch({ type: 'pinch', screen, factor: verdict.factor, dx, dy });
    }
    return verdict === 'pointer';
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
      if (!isPointer(touch.down(contactOf(event)))) return;
      // Middle button: no autoscroll.
      if (button === 'middle') event.preventDefault();
      if (button === 'primary' && control?.press(pointOnGlass(event))) return;
      pointer('pointerDown', event, button);
    },
    { signal },
  );
  container.addEventListener(
    'pointermove',
    (event) => {
      if (!isPointer(touch.move(contactOf(event)))) return;
      if (control?.dragTo(pointOnGlass(event))) return;
      pointer('pointerMove', event, 'primary');
    },
    { signal },
  );
  container.addEventListener(
    'pointerup',
    (event) => {
      if (!isPointer(touch.up(contactOf(event)))) return;
      const button = BUTTONS[event.button];
      if (button === undefined || (button === 'primary' && control?.release())) return;
      pointer('pointerUp', event, button);
    },
    { signal },
  );
  container.addEventListener(
    'pointercancel',
    (event) => {
      touch.up(contactOf(event));
      control?.release();
      editor.dispatch({ type: 'cancel' });
    },
    { signal },
  );
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
      editor.dispatch({
        type: 'wheel',
        screen: pointOf(event),
        ...wheelDelta(event, editor),
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
    const isUsed = editor.dispatch(keyInputOf(type, event, editor.session.quarterTurns));
    if (isUsed && isOurs) event.preventDefault();
  };
  window.addEventListener('keydown', (event) => key('keyDown', event), { signal });
  window.addEventListener('keyup', (event) => key('keyUp', event), { signal });
  // Focus lost in the middle of a drag or with Space held: no key-up and no pointer-up will come.
  window.addEventListener(
    'blur',
    () => {
      control?.release();
      editor.dispatch({ type: 'blur' });
    },
    { signal },
  );

  return () => stops.abort();
}

/** A key of the DOM as tools see it; arrows point along the glass, so a turned view turns them. */
export function keyInputOf(
  type: KeyInput['type'],
  event: KeyboardEvent,
  quarterTurns: Session['quarterTurns'] = 0,
): KeyInput {
  const key = unturnedKey(quarterTurns, event.key);
  return { type, key, isRepeat: event.repeat, ...modifiersOf(event) };
}

/** Zooming goes by the wheel's own direction; panning (Shift) goes along the glass. */
function wheelDelta(
  event: WheelEvent,
  { session }: Editor,
): { readonly deltaX: number; readonly deltaY: number } {
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_IN_SCREEN_PX : 1;
  const deltaX = event.deltaX * unit;
  const deltaY = event.deltaY * unit;
  if (!event.shiftKey || event.ctrlKey || event.metaKey) return { deltaX, deltaY };
  // Some platforms turn the wheel sideways themselves while Shift is held, others do not.
  const along = unturnedVector(session.quarterTurns, deltaX || deltaY, 0);
  return { deltaX: along.dx, deltaY: along.dy };
}

function modifiersOf(event: MouseEvent | KeyboardEvent): Modifiers {
  return { shift: event.shiftKey, alt: event.altKey, control: event.ctrlKey || event.metaKey };
}

function isModalOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}
