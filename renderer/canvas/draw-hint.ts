import type { ScreenPoint } from '../../shared/geometry/point';
import type { Rect, Size } from '../../shared/geometry/rect';
import type { CanvasTheme } from './canvas-theme';

const HINT_FONT = '12px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';
const MEASURE_FONT = '600 11px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';
const PADDING = 8;
const LINE = 17;
const WIDTH = 320;

/** A short text under the lower right corner of what it measures; all on the glass. */
export function drawMeasure(
  context: CanvasRenderingContext2D,
  text: string,
  bounds: Rect,
  theme: CanvasTheme,
): void {
  context.font = MEASURE_FONT;
  const width = Math.ceil(context.measureText(text).width) + 10;
  const left = Math.round(bounds.x + bounds.width) - width;
  const top = Math.round(bounds.y + bounds.height) + 9;
  context.fillStyle = theme.hintFill;
  context.beginPath();
  context.roundRect(left, top, width, LINE, 3);
  context.fill();
  context.fillStyle = theme.hintText;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.fillText(text, left + 5, top + LINE / 2 + 0.5);
}

/** Beside the pointer, where the eye is; at the foot of the view when the pointer is elsewhere. All on the glass. */
export function drawHint(
  context: CanvasRenderingContext2D,
  hint: string,
  at: ScreenPoint | null,
  view: Size,
  theme: CanvasTheme,
): void {
  context.font = HINT_FONT;
  const lines = wrapped(context, hint);
  const width = Math.max(...lines.map((line) => Math.ceil(context.measureText(line).width))) + 2 * PADDING;
  const height = lines.length * LINE + PADDING;
  const wantedLeft = at === null ? (view.width - width) / 2 : at.x + 16;
  const wantedTop = at === null ? view.height - height - 16 : at.y + 20;
  const left = Math.round(Math.max(Math.min(wantedLeft, view.width - width - 8), 8));
  const top = Math.round(Math.max(Math.min(wantedTop, view.height - height - 8), 8));
  context.fillStyle = theme.hintFill;
  context.beginPath();
  context.roundRect(left, top, width, height, 5);
  context.fill();
  context.fillStyle = theme.hintText;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  lines.forEach((line, index) => {
    context.fillText(line, left + PADDING, top + PADDING / 2 + LINE * (index + 0.5));
  });
}

function wrapped(context: CanvasRenderingContext2D, text: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && context.measureText(longer).width > WIDTH) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}
