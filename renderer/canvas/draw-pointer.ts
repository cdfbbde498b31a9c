import { screenFromImage } from '../../shared/geometry/camera';
import type { ScreenPoint } from '../../shared/geometry/point';
import type { Size } from '../../shared/geometry/rect';
import type { Editor, Session } from '../editor/editor';
import type { CanvasTheme } from './canvas-theme';
import { isRasterOnly } from './draw-preview';
import type { Scene } from './scene';

/** Corners of a box cannot be aimed at without lines through the pointer. */
const ALWAYS_AIMED: ReadonlySet<string> = new Set(['box']);
const AIMED: ReadonlySet<string> = new Set([
  'rotated-box',
  'polygon',
  'polyline',
  'points',
  'skeleton',
  'ellipse',
  'cuboid',
]);

/** Whether something on the overlay follows the pointer, so that each of its moves is a frame. */
export function followsPointer({ toolId, display, preview }: Session): boolean {
  return (preview !== null && !isRasterOnly(preview)) || isAimed(toolId, display.isCrosshairShown);
}

/** Lines through the pointer or the keyboard's cursor; in px before the turn. */
export function drawPointer(context: CanvasRenderingContext2D, { editor, theme }: Scene): void {
  const cross = crosshairAt(editor);
  if (cross !== null) drawCrosshair(context, cross, editor.session.view, theme);
}

function isAimed(toolId: string, isCrosshairShown: boolean): boolean {
  return ALWAYS_AIMED.has(toolId) || (isCrosshairShown && AIMED.has(toolId));
}

/** The keyboard's cursor comes before the pointer. */
function crosshairAt(editor: Editor): ScreenPoint | null {
  const { toolId, pointer, keyboardCursor, camera, display } = editor.session;
  if (keyboardCursor !== null) return screenFromImage(camera, keyboardCursor);
  if (!isAimed(toolId, display.isCrosshairShown) || pointer === null || editor.document === null) return null;
  return screenFromImage(camera, pointer);
}

function drawCrosshair(
  context: CanvasRenderingContext2D,
  at: ScreenPoint,
  view: Size,
  theme: CanvasTheme,
): void {
  const x = Math.round(at.x);
  const y = Math.round(at.y);
  context.fillStyle = theme.crosshairHalo;
  context.fillRect(x - 1, 0, 3, view.height);
  context.fillRect(0, y - 1, view.width, 3);
  context.fillStyle = theme.crosshair;
  context.fillRect(x, 0, 1, view.height);
  context.fillRect(0, y, view.width, 1);
}
