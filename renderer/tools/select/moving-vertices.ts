import { reshapeAnnotations } from '../../../shared/actions/reshape-annotations';
import { screenFromImage } from '../../../shared/geometry/camera';
import { type ImagePoint, screenPoint } from '../../../shared/geometry/point';
import type { Annotation } from '../../../shared/schema/annotation';
import type { VertexRef } from '../../../shared/shapes/shape-behaviour';
import type { Editor, PointerInput } from '../../editor/editor';
import { verticesMovedBy } from '../../editor/operations/move-vertices';
import { isSameVertex } from '../../editor/operations/shape-vertices';
import { objectsSharing } from '../../editor/operations/shared-vertices';
import { onSteppedAngleInside } from '../parts/constrain';
import { isSnappingNow, type Snapped, snapPreview, snapped } from '../parts/snapping';
import { pointedInside } from '../pointed';
import { previewOf } from '../preview-of';
import type { Outcome, ToolState } from '../tool';

interface GrabbedVertex {
  readonly annotation: Annotation;
  readonly vertex: VertexRef;
  readonly at: ImagePoint;
}

/**
 * Drags a vertex, and with it all that are chosen when it is one of them. With Shift in steps of 15° from where it was.
 * While snapping is on it is drawn to other outlines, and vertices that other outlines have in the same place go with
 * it, so that a shared border stays shared.
 */
export function movingVertices(
  editor: Editor,
  press: PointerInput,
  { annotation, vertex, at }: GrabbedVertex,
): ToolState {
  const before = editor.session.selectedVertices;
  const isChosen = before.some((one) => isSameVertex(one, vertex));
  const vertices = isChosen ? before : [vertex];
  const sharing = objectsSharing(editor, annotation, vertices);
  const moving = new Set([annotation.id, ...sharing.map((one) => one.annotation.id)]);
  let isKept = false;

  const aimOf = (target: Editor, event: PointerInput): Snapped => {
    const from = screenFromImage(target.session.camera, at);
    const to = screenPoint(
      from.x + event.screen.x - press.screen.x,
      from.y + event.screen.y - press.screen.y,
    );
    const pointer = pointedInside(target, to);
    const size = target.document?.size;
    if (event.shift && size !== undefined) return { at: onSteppedAngleInside(at, pointer, size), snap: null };
    return snapped(target, pointer, event, moving);
  };
  const argsFor = (target: Editor, event: PointerInput, aim: Snapped) =>
    verticesMovedBy(
      target,
      { annotation, vertices },
      { dx: aim.at.x - at.x, dy: aim.at.y - at.y },
      isSnappingNow(target, event) ? sharing : [],
    );
  return {
    id: 'moving-vertices',
    cursor: () => (annotation.isLocked ? 'not-allowed' : 'move'),
    onEnter: (target) => target.selectVertices(vertices),
    onPointerMove(target, event) {
      const aim = aimOf(target, event);
      const { marks, lines } = snapPreview(aim);
      target.setPreview({
        ...previewOf(target, reshapeAnnotations, argsFor(target, event, aim)),
        ...(marks.length > 0 && { marks }),
        ...(lines.length > 0 && { lines }),
      });
      return 'stay';
    },
    onPointerUp(target, event): Outcome {
      if (event.button !== 'primary') return 'stay';
      isKept = true;
      target.perform(reshapeAnnotations, argsFor(target, event, aimOf(target, event)));
      return 'done';
    },
    onExit(target) {
      if (!isKept) target.selectVertices(before);
    },
  };
}
