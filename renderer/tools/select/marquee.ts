import { imageFromScreen } from '../../../shared/geometry/camera';
import { rectFromCorners } from '../../../shared/geometry/rect';
import type { Editor, PointerInput } from '../../editor/editor';
import type { Outcome, ToolState } from '../tool';

/** Selects what the dragged rectangle holds whole; with Shift or Ctrl in addition to what was selected. */
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
      target.setPreview({ shapes: [], marquee: rect, hint: null });
      target.select([...kept, ...target.idsInside(rect)]);
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
