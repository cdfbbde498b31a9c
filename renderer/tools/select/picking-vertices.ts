import { imageFromScreen } from '../../../shared/geometry/camera';
import { rectContains, rectFromCorners } from '../../../shared/geometry/rect';
import type { Annotation } from '../../../shared/schema/annotation';
import type { Editor, PointerInput } from '../../editor/editor';
import { isSameVertex, verticesOf } from '../../editor/operations/shape-vertices';
import type { Outcome, ToolState } from '../tool';

/** Chooses the vertices of one outline that a dragged rectangle holds; with Shift in addition to those chosen. */
export function pickingVertices(editor: Editor, press: PointerInput, annotation: Annotation): ToolState {
  const before = editor.session.selectedVertices;
  const kept = press.shift ? before : [];
  const vertices = verticesOf(annotation.shape);
  const from = imageFromScreen(editor.session.camera, press.screen);
  let isKept = false;
  return {
    id: 'picking-vertices',
    cursor: () => 'crosshair',
    onPointerMove(target, event) {
      const rect = rectFromCorners(from, imageFromScreen(target.session.camera, event.screen));
      target.setPreview({ shapes: [], marquee: rect, hint: null });
      const held = vertices
        .filter((vertex) => rectContains(rect, vertex.at) && !kept.some((one) => isSameVertex(one, vertex)))
        .map(({ ring, index }) => ({ ring, index }));
      target.selectVertices([...kept, ...held]);
      return 'stay';
    },
    onPointerUp(target, event): Outcome {
      if (event.button !== 'primary') return 'stay';
      isKept = true;
      const { length } = target.session.selectedVertices;
      target.announce(length === 1 ? '1 point chosen' : `${length} points chosen`);
      return 'done';
    },
    onExit(target) {
      if (!isKept) target.selectVertices(before);
    },
  };
}
