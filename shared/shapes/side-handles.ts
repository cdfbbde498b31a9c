import { type ImagePoint, imagePoint } from '../geometry/point';
import { type Rect, rectFromCorners } from '../geometry/rect';

/** The eight grips of a rectangle, each named by the sides it moves; `x` and `y` are its place from 0 to 1. */
export const HANDLE_SIDES = [
  { id: 'north-west', x: 0, y: 0, cursor: 'nwse-resize' },
  { id: 'north', x: 0.5, y: 0, cursor: 'ns-resize' },
  { id: 'north-east', x: 1, y: 0, cursor: 'nesw-resize' },
  { id: 'east', x: 1, y: 0.5, cursor: 'ew-resize' },
  { id: 'south-east', x: 1, y: 1, cursor: 'nwse-resize' },
  { id: 'south', x: 0.5, y: 1, cursor: 'ns-resize' },
  { id: 'south-west', x: 0, y: 1, cursor: 'nesw-resize' },
  { id: 'west', x: 0, y: 0.5, cursor: 'ew-resize' },
] as const;

/** The rectangle after one of its grips went to `to`; sides that pass each other swap. Null for any other handle. */
export function sidesMoved(rect: Rect, handleId: string, to: ImagePoint): Rect | null {
  const side = HANDLE_SIDES.find((candidate) => candidate.id === handleId);
  if (side === undefined) return null;
  const left = side.x === 0 ? to.x : rect.x;
  const right = side.x === 1 ? to.x : rect.x + rect.width;
  const top = side.y === 0 ? to.y : rect.y;
  const bottom = side.y === 1 ? to.y : rect.y + rect.height;
  return rectFromCorners(imagePoint(left, top), imagePoint(right, bottom));
}

const RESIZE_CURSORS = ['ew-resize', 'nwse-resize', 'ns-resize', 'nesw-resize'] as const;

/** The cursor of a grip that pulls in a direction, in degrees clockwise from the right. */
export function cursorTowards(degrees: number): string {
  const eighth = Math.round(degrees / 45);
  return RESIZE_CURSORS[((eighth % 4) + 4) % 4] ?? 'move';
}
