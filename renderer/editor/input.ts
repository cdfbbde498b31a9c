import { cameraPanned, cameraZoomedAt, imageFromScreen } from '../../shared/geometry/camera';
import { panning } from '../tools/pan/panning';
import type { Outcome, Tool, ToolState } from '../tools/tool';
import type { Editor, InputEvent, KeyInput, PointerInput, WheelInput } from './editor';
import { type SessionStore, samePoint } from './session-store';

/** How fast the wheel zooms: one notch of 100 px is a factor of 1.2. */
const ZOOM_PER_WHEEL_PX = Math.log(1.2) / 100;
/** A pinch reports itself as a wheel with Ctrl and far smaller steps. */
const ZOOM_PER_PINCH_PX = 0.01;
/** One event never zooms further than this, whatever a device reports. */
const LARGEST_ZOOM_STEP = 2;
/** Keys that change what a gesture makes: even sides, from the middle, snapping. */
const MODIFIER_KEYS: ReadonlySet<string> = new Set(['Shift', 'Alt', 'Control', 'Meta']);

/** Feeds events to the active tool's state and follows its transitions. */
export interface Input {
  dispatch(event: InputEvent): boolean;
  /** Whether the current state means a key that would else be a command's. */
  takesKey(event: KeyInput): boolean;
  /** What a person set point by point and has not finished, e.g. `polygon`; null when nothing would be lost. */
  unfinished(): string | null;
  /** Leaves the current state without committing and goes to a tool's (or the current tool's) initial state. */
  reset(tool?: Tool): void;
}

export function createInput(session: SessionStore, editor: () => Editor, initialTool: Tool): Input {
  let tool = initialTool;
  let state = tool.initial();
  /** What a pan lies over; it comes back as it was. */
  let suspended: ToolState | null = null;
  let isSpaceHeld = false;
  /** Where the pointer is, to show at once what a key held down or let go makes of a gesture. */
  let lastMove: PointerInput | null = null;

  function show(next: ToolState): void {
    state = next;
    session.patch({ toolState: `${tool.id}/${state.id}` });
  }

  function isIdle(): boolean {
    return suspended === null && state.id === tool.initial().id;
  }

  function enter(next: ToolState): void {
    show(next);
    next.onEnter?.(editor());
  }

  function reset(nextTool: Tool = tool): void {
    session.batch(() => {
      (suspended ?? state).onExit?.(editor());
      suspended = null;
      tool = nextTool;
      session.preview(null);
      session.patch({ toolId: tool.id });
      enter(tool.initial());
      updateCursor();
    });
  }

  function follow(outcome: Outcome | undefined): boolean {
    if (outcome === undefined || outcome === 'ignored') return false;
    if (outcome === 'stay') return true;
    if (outcome === 'done' && suspended !== null) {
      show(suspended);
      suspended = null;
      return true;
    }
    state.onExit?.(editor());
    if (outcome === 'done') {
      // What was drawn is over; why something was refused is still to be read.
      session.preview({ shapes: [], hint: session.current.preview?.hint ?? null });
      enter(tool.initial());
    } else {
      enter(outcome);
    }
    return true;
  }

  function updateCursor(): void {
    const isHandShown = isSpaceHeld && suspended === null;
    session.patch({ cursor: isHandShown ? 'grab' : state.cursor(editor()) });
  }

  function onPointer(event: PointerInput): boolean {
    const at = imageFromScreen(session.current.camera, event.screen);
    if (!samePoint(session.current.pointer, at)) session.patch({ pointer: at });
    lastMove = { ...event, type: 'pointerMove', button: 'primary' };
    if (event.type === 'pointerMove') return onPointerMove(event);
    if (event.type === 'pointerUp') return follow(state.onPointerUp?.(editor(), event));
    clearStaleHint();
    const isPan = event.button === 'middle' || (event.button === 'primary' && isSpaceHeld);
    if (isPan && suspended === null) {
      suspended = state;
      show(panning(event));
      return true;
    }
    return follow(state.onPointerDown?.(editor(), event));
  }

  function onPointerMove(event: PointerInput): boolean {
    const before = state;
    const isUsed = follow(state.onPointerMove?.(editor(), event));
    // The move that turned a press into a drag is the drag's first move.
    if (state !== before) follow(state.onPointerMove?.(editor(), event));
    return isUsed;
  }

  function onKey(event: KeyInput): boolean {
    if (event.key === ' ') {
      isSpaceHeld = event.type === 'keyDown';
      return true;
    }
    if (MODIFIER_KEYS.has(event.key) && !event.isRepeat) showModifiers(event);
    if (event.type === 'keyUp') return false;
    clearStaleHint();
    if (event.key === 'Escape' && !isIdle()) {
      reset();
      return true;
    }
    return follow(state.onKeyDown?.(editor(), event));
  }

  /** The gesture looks the same as if the pointer had moved with these keys held. */
  function showModifiers({ shift, alt, control }: KeyInput): void {
    if (lastMove === null || suspended !== null || session.current.keyboardCursor !== null) return;
    onPointerMove({ ...lastMove, shift, alt, control });
  }

  /** A hint with nothing drawn beside it is of an act that is over. */
  function clearStaleHint(): void {
    if (session.current.preview?.shapes.length === 0 && isIdle()) session.preview(null);
  }

  function onWheel(event: WheelInput): boolean {
    // With Alt held the wheel is the tool's, e.g. the size of the brush; tools without a use for it let the view zoom.
    if (event.alt && suspended === null && follow(state.onWheel?.(editor(), event))) return true;
    const { camera } = session.current;
    if (event.shift && !event.control) {
      // In a turned view sideways on the glass is up and down here.
      editor().setCamera(cameraPanned(camera, -event.deltaX, -event.deltaY));
      return true;
    }
    const perPx = event.control ? ZOOM_PER_PINCH_PX : ZOOM_PER_WHEEL_PX;
    const factor = Math.exp(-event.deltaY * perPx);
    const bounded = Math.min(Math.max(factor, 1 / LARGEST_ZOOM_STEP), LARGEST_ZOOM_STEP);
    editor().setCamera(cameraZoomedAt(camera, event.screen, bounded));
    return true;
  }

  function handle(event: InputEvent): boolean {
    switch (event.type) {
      case 'pointerDown':
      case 'pointerMove':
      case 'pointerUp':
        return onPointer(event);
      case 'keyDown':
      case 'keyUp':
        return onKey(event);
      case 'wheel':
        return onWheel(event);
      case 'pinch': {
        const { camera } = session.current;
        editor().setCamera(
          cameraZoomedAt(cameraPanned(camera, event.dx, event.dy), event.screen, event.factor),
        );
        return true;
      }
      case 'doubleClick':
        return follow(state.onDoubleClick?.(editor()));
      case 'pointerLeave':
        lastMove = null;
        // What the next point would snap to is nowhere now; a reason stays to be read.
        if (isIdle() && session.current.preview?.hint === null) session.preview(null);
        session.patch({ pointer: null });
        editor().setHovered(null);
        return true;
      case 'blur':
        isSpaceHeld = false;
        if (suspended !== null) {
          show(suspended);
          suspended = null;
        }
        // A gesture that hangs on a held button is over; points that were set one by one are not.
        if (state.onBlur === undefined) reset();
        else follow(state.onBlur(editor()));
        return true;
      case 'cancel':
        isSpaceHeld = false;
        reset();
        return true;
    }
  }

  return {
    reset,
    unfinished: () => (suspended ?? state).unfinished?.() ?? null,
    takesKey: (event) => suspended === null && (state.takesKey?.(editor(), event) ?? false),
    dispatch: (event) =>
      session.batch(() => {
        const isUsed = handle(event);
        updateCursor();
        return isUsed;
      }),
  };
}
