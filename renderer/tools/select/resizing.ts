import { resizeAnnotation } from '../../../shared/actions/resize-annotation';
import { screenFromImage } from '../../../shared/geometry/camera';
import { screenPoint } from '../../../shared/geometry/point';
import { behaviourOf } from '../../../shared/shapes';
import type { Editor, PointerInput } from '../../editor/editor';
import { pointedInside } from '../pointed';
import { previewOf } from '../preview-of';
import type { Outcome, ToolState } from '../tool';
import type { GrabbedHandle } from './handle-at';

/** Drags one handle; the handle keeps the distance that it had to the pointer when it was taken. */
export function resizing(press: PointerInput, { annotation, handle }: GrabbedHandle): ToolState {
  const argsFor = (editor: Editor, event: PointerInput) => {
    const at = screenFromImage(editor.session.camera, handle.at);
    const to = screenPoint(at.x + event.screen.x - press.screen.x, at.y + event.screen.y - press.screen.y);
    const { shape } = annotation;
    return {
      id: annotation.id,
      shape: behaviourOf(shape).withHandleMoved(shape, handle.id, pointedInside(editor, to)),
    };
  };
  return {
    id: 'resizing',
    cursor: () => (annotation.isLocked ? 'not-allowed' : handle.cursor),
    onPointerMove(editor, event) {
      editor.setPreview(previewOf(editor, resizeAnnotation, argsFor(editor, event)));
      return 'stay';
    },
    onPointerUp(editor, event): Outcome {
      if (event.button !== 'primary') return 'stay';
      editor.perform(resizeAnnotation, argsFor(editor, event));
      return 'done';
    },
  };
}
