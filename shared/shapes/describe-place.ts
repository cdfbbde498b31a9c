import { clamp, type Rect } from '../geometry/rect';

/** `120 × 40 at 12, 30`, in image px rounded to tenths. */
export function describePlace({ x, y, width, height }: Rect): string {
  return `${tenths(width)} × ${tenths(height)} at ${tenths(x)}, ${tenths(y)}`;
}

/** Rounded to tenths for people. */
export function tenths(value: number): number {
  return Math.round(clamp(value, -1e9, 1e9) * 10) / 10;
}
