import { type ImagePoint, imagePoint } from '../../../shared/geometry/point';
import { type Rect, rectFromCorners } from '../../../shared/geometry/rect';
import type { Editor, Modifiers } from '../../editor/editor';
import { cornersOf } from './constrain';
import type { DrawingStep } from './stepwise-drawing';

/** The two points of what is drawn from corner to corner. */
export const CORNER_STEPS: readonly [DrawingStep, DrawingStep] = [
  { id: 'awaiting-first', name: 'the first corner' },
  { id: 'awaiting-corner', name: 'the opposite corner' },
];

/** With Shift a square, with Alt from the middle. */
export function arrangedCorners(
  points: readonly ImagePoint[],
  modifiers: Pick<Modifiers, 'shift' | 'alt'>,
  editor: Editor,
): readonly ImagePoint[] {
  const [from, to] = points;
  if (from === undefined || to === undefined) return points;
  return cornersOf(from, to, modifiers, editor.document?.size ?? { width: 0, height: 0 });
}

/** The rectangle of the first two points; one point makes one of no size. */
export function cornerRect(points: readonly ImagePoint[]): Rect {
  const from = points[0] ?? imagePoint(0, 0);
  return rectFromCorners(from, points[1] ?? from);
}
