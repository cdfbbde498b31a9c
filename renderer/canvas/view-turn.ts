import { type Camera, screenFromImage } from '../../shared/geometry/camera';
import { type ImagePoint, type ScreenPoint, screenPoint } from '../../shared/geometry/point';
import type { Rect, Size } from '../../shared/geometry/rect';
import type { Session } from '../editor/editor';

/**
 * The view is shown turned clockwise by quarter turns. `width` and `height` are those before the turn, in which the
 * editor, the camera and all tools reckon; what lies on the glass is after the turn. Every map here is exact, so that
 * lines on whole px stay on whole px.
 */
export interface ViewTurn {
  readonly quarterTurns: Session['quarterTurns'];
  readonly width: number;
  readonly height: number;
}

type Turns = Session['quarterTurns'];

export function turnOf({ quarterTurns, view }: Pick<Session, 'quarterTurns' | 'view'>): ViewTurn {
  return { quarterTurns, width: view.width, height: view.height };
}

/** Size before the turn of a view that is `size` on the glass, and the other way round. */
export function turnedSize(quarterTurns: Turns, size: Size): Size {
  return quarterTurns % 2 === 0 ? size : { width: size.height, height: size.width };
}

/** Lets a context draw in px before the turn. */
export function applyTurn(
  context: CanvasRenderingContext2D,
  { quarterTurns, width, height }: ViewTurn,
): void {
  if (quarterTurns === 1) context.transform(0, 1, -1, 0, height, 0);
  else if (quarterTurns === 2) context.transform(-1, 0, 0, -1, width, height);
  else if (quarterTurns === 3) context.transform(0, -1, 1, 0, 0, width);
}

/** Where on the glass a point before the turn is seen. */
export function turnedPoint({ quarterTurns, width, height }: ViewTurn, { x, y }: ScreenPoint): ScreenPoint {
  if (quarterTurns === 1) return screenPoint(height - y, x);
  if (quarterTurns === 2) return screenPoint(width - x, height - y);
  if (quarterTurns === 3) return screenPoint(y, width - x);
  return screenPoint(x, y);
}

/** The point before the turn that is seen at a point of the glass. */
export function unturnedPoint({ quarterTurns, width, height }: ViewTurn, { x, y }: ScreenPoint): ScreenPoint {
  if (quarterTurns === 1) return screenPoint(y, height - x);
  if (quarterTurns === 2) return screenPoint(width - x, height - y);
  if (quarterTurns === 3) return screenPoint(width - y, x);
  return screenPoint(x, y);
}

/** Where on the glass a rectangle before the turn is seen. */
export function turnedRect(turn: ViewTurn, rect: Rect): Rect {
  if (turn.quarterTurns === 0) return rect;
  const a = turnedPoint(turn, screenPoint(rect.x, rect.y));
  const b = turnedPoint(turn, screenPoint(rect.x + rect.width, rect.y + rect.height));
  return {
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    width: Math.abs(a.x - b.x),
    height: Math.abs(a.y - b.y),
  };
}

/** Where on the glass a point of the picture is seen. */
export function pointOnGlass(turn: ViewTurn, camera: Camera, point: ImagePoint): ScreenPoint {
  return turnedPoint(turn, screenFromImage(camera, point));
}

/** Where on the glass a rectangle in image px is seen. */
export function rectOnGlass(turn: ViewTurn, { scale, offsetX, offsetY }: Camera, rect: Rect): Rect {
  return turnedRect(turn, {
    x: rect.x * scale + offsetX,
    y: rect.y * scale + offsetY,
    width: rect.width * scale,
    height: rect.height * scale,
  });
}

/** A way on the glass as it is before the turn, e.g. what a wheel was moved by. */
export function unturnedVector(
  quarterTurns: Turns,
  dx: number,
  dy: number,
): { readonly dx: number; readonly dy: number } {
  // `0 - x` rather than `-x`: no negative zero.
  if (quarterTurns === 1) return { dx: dy, dy: 0 - dx };
  if (quarterTurns === 2) return { dx: 0 - dx, dy: 0 - dy };
  if (quarterTurns === 3) return { dx: 0 - dy, dy: dx };
  return { dx, dy };
}

const ARROWS: readonly string[] = ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp'];

/** An arrow key as the editor is to hear it, so that things go where the key points; other keys as they are. */
export function unturnedKey(quarterTurns: Turns, key: string): string {
  const place = ARROWS.indexOf(key);
  if (place < 0) return key;
  return ARROWS[(place - quarterTurns + 4) % 4] ?? key;
}

const COMPASS = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const;
/** Two quarter turns bring these onto themselves. */
const TWO_WAYS: Readonly<Record<string, string>> = {
  'ew-resize': 'ns-resize',
  'ns-resize': 'ew-resize',
  'nesw-resize': 'nwse-resize',
  'nwse-resize': 'nesw-resize',
  'col-resize': 'row-resize',
  'row-resize': 'col-resize',
};

/** A CSS cursor that points along the glass as `cursor` does before the turn. */
export function turnedCursor(quarterTurns: Turns, cursor: string): string {
  if (quarterTurns === 0) return cursor;
  const place = COMPASS.findIndex((point) => cursor === `${point}-resize`);
  if (place >= 0) return `${COMPASS[(place + 2 * quarterTurns) % 8] ?? 'n'}-resize`;
  return quarterTurns % 2 === 0 ? cursor : (TWO_WAYS[cursor] ?? cursor);
}
