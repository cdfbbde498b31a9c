import type { ImagePoint } from '../../../shared/geometry/point';
import type { ToolState } from '../tool';
import { aimRuler, startMeasuring } from './idle';
import { showRuler } from './show-ruler';

/** Both ends are set and stay to be read, until the next measurement or Escape. */
export function showing(from: ImagePoint, to: ImagePoint): ToolState {
  return {
    id: 'showing',
    cursor: () => 'crosshair',
    onEnter: (editor) => showRuler(editor, from, to),
    onPointerDown: startMeasuring,
    onKeyDown: (editor, event) => (event.key === 'Enter' ? aimRuler(editor) : 'ignored'),
    onBlur: () => 'stay',
  };
}
