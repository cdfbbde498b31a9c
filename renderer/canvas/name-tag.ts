import type { Rect } from '../../shared/geometry/rect';
import type { Annotation } from '../../shared/schema/annotation';
import { distinctColour } from './palette';
import type { Scene } from './scene';

const FONT = '600 11px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';
const HEIGHT = 17;
const PADDING = 5;
const GLYPH_WIDTH = 12;
const POINT_REACH = 6;

const widthByText = new Map<string, number>();

/**
 * A label's name on its colour, over the top-left corner of what it names (`bounds` on the glass); inside the view where
 * that is seen. Before the name: a disc in the group's own colour, a lock, a pin.
 */
export function drawNameTag(
  context: CanvasRenderingContext2D,
  { palette }: Scene,
  annotation: Annotation,
  bounds: Rect,
): void {
  const ink = palette.inkOf(annotation);
  const name = palette.nameOf(annotation.labelId);
  context.font = FONT;
  const glyphs = glyphsOf(annotation);
  const width = textWidth(context, name) + 2 * PADDING + glyphs.length * GLYPH_WIDTH;
  // Points and joints reach beyond their bounds, and a name must not hide them.
  const lift = annotation.shape.type === 'points' || annotation.shape.type === 'skeleton' ? POINT_REACH : 1;
  const boxLeft = Math.round(bounds.x) - lift;
  const boxTop = Math.round(bounds.y) - lift;
  const left = Math.max(boxLeft, 0);
  // Above the box; where the view ends there, inside it.
  const top = boxTop - HEIGHT >= 0 ? boxTop - HEIGHT : Math.max(boxTop + 2, 0);
  context.fillStyle = ink.stroke;
  context.beginPath();
  context.roundRect(left, top, width, HEIGHT, [3, 3, 3, 0]);
  context.fill();
  glyphs.forEach((drawGlyph, place) => {
    drawGlyph(context, left + PADDING + place * GLYPH_WIDTH, top + HEIGHT / 2, ink.text);
  });
  context.fillStyle = ink.text;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.fillText(name, left + PADDING + glyphs.length * GLYPH_WIDTH, top + HEIGHT / 2 + 0.5);
}

function textWidth(context: CanvasRenderingContext2D, text: string): number {
  const known = widthByText.get(text);
  if (known !== undefined) return known;
  const width = Math.ceil(context.measureText(text).width);
  widthByText.set(text, width);
  return width;
}

/** Draws 9 px wide from `left` on, about the line at `middle`. */
type Glyph = (context: CanvasRenderingContext2D, left: number, middle: number, colour: string) => void;

function glyphsOf({ groupId, isLocked, isPinned }: Annotation): readonly Glyph[] {
  return [
    ...(groupId === undefined ? [] : [groupDisc(distinctColour(groupId))]),
    ...(isLocked ? [drawLock] : []),
    ...(isPinned ? [drawPin] : []),
  ];
}

function groupDisc(groupColour: string): Glyph {
  return (context, left, middle, colour) => {
    context.beginPath();
    context.arc(left + 4, middle, 3.5, 0, 2 * Math.PI);
    context.fillStyle = groupColour;
    context.fill();
    context.lineWidth = 1.5;
    context.strokeStyle = colour;
    context.stroke();
  };
}

function drawLock(context: CanvasRenderingContext2D, left: number, middle: number, colour: string): void {
  context.fillStyle = colour;
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.fillRect(left, middle - 0.5, 8, 5.5);
  context.beginPath();
  context.arc(left + 4, middle - 1, 2.5, Math.PI, 0);
  context.stroke();
}

function drawPin(context: CanvasRenderingContext2D, left: number, middle: number, colour: string): void {
  context.fillStyle = colour;
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.beginPath();
  context.arc(left + 4, middle - 2, 3, 0, 2 * Math.PI);
  context.fill();
  context.beginPath();
  context.moveTo(left + 4, middle);
  context.lineTo(left + 4, middle + 5.5);
  context.stroke();
}
