import { imageFromScreen } from '../../../shared/geometry/camera';
import { distance, type ImagePoint } from '../../../shared/geometry/point';
import type { Editor, PointerInput } from '../../editor/editor';
import { idsWithin } from '../../editor/pick-region';
import { lassoRegion } from '../../editor/region';
import type { Outcome, ToolState } from '../tool';

/** Points of the line nearer to one another than this add nothing that can be seen. */
const STEP_IN_SCREEN_PX = 3;

/** Selects what a freehand line goes round, once it is let go; with Shift or Ctrl in addition to what was selected. */
export function lassoing(editor: Editor, press: PointerInput): ToolState {
  const kept = press.shift || press.control ? [...editor.session.selection] : [];
  const points: ImagePoint[] = [imageFromScreen(editor.session.camera, press.screen)];
  return {
    id: 'lassoing',
    cursor: () => 'crosshair',
    onPointerMove(target, event) {
      const at = imageFromScreen(target.session.camera, event.screen);
      const last = points[points.length - 1];
      if (last !== undefined && distance(last, at) * target.session.camera.scale < STEP_IN_SCREEN_PX)
        return 'stay';
      points.push(at);
      target.setPreview({
        shapes: [],
        lines: [{ kind: 'lasso', points: [...points], isClosed: true }],
        hint: null,
      });
      return 'stay';
    },
    onPointerUp(target, event): Outcome {
      if (event.button !== 'primary') return 'stay';
      const picked = points.length < 3 ? [] : idsWithin(target, lassoRegion(points));
      target.select([...kept, ...picked]);
      target.announce(picked.length === 1 ? '1 object selected' : `${picked.length} objects selected`);
      return 'done';
    },
  };
}
