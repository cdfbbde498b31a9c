import { cameraPanned, screenFromImage, visibleRect } from '../../../shared/geometry/camera';
import { type ImagePoint, imagePoint, type ScreenPoint } from '../../../shared/geometry/point';
import { intersectRects } from '../../../shared/geometry/rect';
import type { Editor, KeyInput, PointerInput } from '../../editor/editor';
import { arrowStep } from '../arrow-step';
import { isDrag } from '../drag-distance';
import { clampedInside } from '../pointed';

/** The crosshair keeps this far from the edge of the view, so that what it points at can be seen. */
const MARGIN_IN_SCREEN_PX = 32;
/** With Alt the crosshair goes a tenth of a px a press. */
const FINE_STEPS_A_PX = 10;

/** Moves the keyboard's crosshair, and the picture when the crosshair would leave the view. */
export function moveKeyboardCursor(editor: Editor, to: ImagePoint): void {
  const { camera, view } = editor.session;
  const screen = screenFromImage(camera, to);
  const dx = overhang(screen.x, view.width);
  const dy = overhang(screen.y, view.height);
  if (dx !== 0 || dy !== 0) editor.setCamera(cameraPanned(camera, dx, dy));
  editor.setKeyboardCursor(to);
}

/**
 * Where an arrow key takes the crosshair from `at`: 1 px, with Shift 10, with Ctrl 50, with Alt 0.1; never out of the
 * picture. Null for other keys.
 */
export function steppedFrom(editor: Editor, at: ImagePoint, event: KeyInput): ImagePoint | null {
  const step = arrowStep({
    ...event,
    shift: event.shift && !event.alt,
    control: event.control && !event.alt,
  });
  if (step === null) return null;
  if (!event.alt) return clampedInside(editor, imagePoint(at.x + step.dx, at.y + step.dy));
  const fine = (from: number, by: number) =>
    by === 0 ? from : Math.round(from * FINE_STEPS_A_PX + by) / FINE_STEPS_A_PX;
  return clampedInside(editor, imagePoint(fine(at.x, step.dx), fine(at.y, step.dy)));
}

/** Where drawing by keyboard begins: the pointer, or the middle of what is seen of the picture; on whole px. */
export function startingPoint(editor: Editor): ImagePoint {
  const { camera, view, pointer } = editor.session;
  const size = editor.document?.size ?? { width: 0, height: 0 };
  const whole = { x: 0, y: 0, ...size };
  const seen = intersectRects(visibleRect(camera, view), whole) ?? whole;
  const from = pointer ?? imagePoint(seen.x + seen.width / 2, seen.y + seen.height / 2);
  return clampedInside(editor, imagePoint(Math.round(from.x), Math.round(from.y)));
}

/**
 * Whether a move of the pointer ends drawing by keyboard. A resting hand, a bumped desk and the moves that a browser
 * makes up when the picture slides away under the pointer do not.
 */
export function pointerTakeover(): (editor: Editor, event: PointerInput) => boolean {
  let rest: ScreenPoint | null = null;
  return (editor, { screen }) => {
    if (editor.session.keyboardCursor === null) return true;
    rest ??= screen;
    return isDrag(rest, screen);
  };
}

/** How far the picture must go to bring a coordinate into the view. */
function overhang(at: number, length: number): number {
  if (length <= 2 * MARGIN_IN_SCREEN_PX) return 0;
  if (at < MARGIN_IN_SCREEN_PX) return MARGIN_IN_SCREEN_PX - at;
  if (at > length - MARGIN_IN_SCREEN_PX) return length - MARGIN_IN_SCREEN_PX - at;
  return 0;
}
