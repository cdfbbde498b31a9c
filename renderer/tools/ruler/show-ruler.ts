import { distance, type ImagePoint } from '../../../shared/geometry/point';
import type { Editor } from '../../editor/editor';

/** `125.0 px · 100.0 × 75.0 · 36.9°`: length, its parts along x and y, and the direction clockwise from the right. */
export function lengthText(from: ImagePoint, to: ImagePoint): string {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const degrees = (Math.atan2(dy, dx) * 180) / Math.PI;
  return `${distance(from, to).toFixed(1)} px · ${Math.abs(dx).toFixed(1)} × ${Math.abs(dy).toFixed(1)} · ${degrees.toFixed(1)}°`;
}

export function showRuler(editor: Editor, from: ImagePoint, to: ImagePoint): void {
  editor.setPreview({
    shapes: [],
    lines: [{ kind: 'ruler', points: [from, to], isClosed: false }],
    measure: lengthText(from, to),
    hint: null,
  });
}
