import { imageFromScreen } from '../../../shared/geometry/camera';
import { rectFromCorners } from '../../../shared/geometry/rect';
import type { Editor, PointerInput } from '../../editor/editor';
import { idsTouched, idsWithin } from '../../editor/pick-region';
import { rectRegion } from '../../editor/region';
import type { Outcome, ToolState } from '../tool';

/**
 * Selects by a dragged rectangle: to the right what it holds whole, to the left what its outline meets as well (the
 * habit of CAD). With Shift or Ctrl in addition to what was selected.
 */
export function marquee(editor: Editor, press: PointerInput): ToolState {
  const before = [...editor.session.selection];
  const kept = press.shift || press.control ? before : [];
  const from = imageFromScreen(editor.session.camera, press.screen);
  let isKept = false;
  return {
    id: 'marquee',
    cursor: () => 'crosshair',
    onPointerMove(target, event) {
      const rect = rectFromCorners(from, imageFromScreen(target.session.camera, event.screen));
      const isTouching = event.screen.x < press.screen.x;
      target.setPreview({ shapes: [], marquee: rect, hint: null });
      const picked = (isTouching ? idsTouched : idsWithin)(target, rectRegion(rect));
      target.select(kept.length === 0 ? picked : [...kept, ...picked]);
      return 'stay';
    },
    onPointerUp(_target, event): Outcome {
      if (event.button !== 'primary') return 'stay';
      isKept = true;
      return 'done';
    },
    onExit(target) {
      if (!isKept) target.select(before);
    },
  };
}
