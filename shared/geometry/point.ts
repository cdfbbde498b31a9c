declare const space: unique symbol;

interface Point<Space extends string> {
  readonly x: number;
  readonly y: number;
  readonly [space]?: Space;
}

/** A point in image px: origin at the top-left corner of the displayed (EXIF-applied) picture, x right, y down. */
export type ImagePoint = Point<'image'>;

/** A point in screen px: CSS px from the top-left corner of the canvas element. */
export type ScreenPoint = Point<'screen'>;

export function imagePoint(x: number, y: number): ImagePoint {
  return { x, y };
}

export function screenPoint(x: number, y: number): ScreenPoint {
  return { x, y };
}

export function distance<P extends { readonly x: number; readonly y: number }>(a: P, b: P): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
