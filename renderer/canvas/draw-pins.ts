import { type ScreenPoint, screenPoint } from '../../shared/geometry/point';
import type { Editor } from '../editor/editor';
import type { Pin } from '../editor/pin';
import type { CanvasTheme } from './canvas-theme';
import type { Scene } from './scene';
import { pointOnGlass, turnOf } from './view-turn';

/** Radius of a pin's head, and how far its middle lies above the place that it marks; screen px. */
const RADIUS = 10;
const RISE = 16;
const FONT = '700 11px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';

/** Pins upright on the glass: threads round, defects square; resolved ones hollow, the chosen one ringed. */
export function drawPins(context: CanvasRenderingContext2D, { editor, theme }: Scene): void {
  const { pins, chosenPin } = editor.session;
  if (pins.length === 0) return;
  context.font = FONT;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.setLineDash([]);
  for (const pin of pins) drawPin(context, headOf(editor, pin), pin, pin.id === chosenPin, theme);
}

function drawPin(
  context: CanvasRenderingContext2D,
  { x, y }: ScreenPoint,
  pin: Pin,
  isChosen: boolean,
  theme: CanvasTheme,
): void {
  const ink = pin.kind === 'defect' ? theme.removed : theme.added;
  context.beginPath();
  context.moveTo(x - 4, y + RADIUS - 2);
  context.lineTo(x, y + RISE);
  context.lineTo(x + 4, y + RADIUS - 2);
  context.closePath();
  if (pin.kind === 'defect') {
    context.roundRect(x - RADIUS + 1, y - RADIUS + 1, 2 * RADIUS - 2, 2 * RADIUS - 2, 3);
  } else {
    context.moveTo(x + RADIUS, y);
    context.arc(x, y, RADIUS, 0, 2 * Math.PI);
  }
  context.lineWidth = isChosen ? 6 : 3;
  context.strokeStyle = isChosen ? theme.selectionHalo : theme.halo;
  context.stroke();
  context.fillStyle = pin.isOpen ? ink : theme.comparisonText;
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = ink;
  context.stroke();
  context.fillStyle = pin.isOpen ? theme.comparisonText : ink;
  context.fillText(String(pin.number), x, y + 0.5);
}

/** Chooses the pin at a point of the glass, the topmost one; says whether there was one. */
export function pressPin(editor: Pick<Editor, 'session' | 'choosePin'>, at: ScreenPoint): boolean {
  const hit = [...editor.session.pins].reverse().find((pin) => {
    const { x, y } = headOf(editor, pin);
    return Math.hypot(at.x - x, at.y - y) <= RADIUS + 2;
  });
  if (hit === undefined) return false;
  editor.choosePin(hit.id);
  return true;
}

function headOf({ session }: Pick<Editor, 'session'>, { at }: Pin): ScreenPoint {
  const { x, y } = pointOnGlass(turnOf(session), session.camera, at);
  return screenPoint(x, y - RISE);
}
