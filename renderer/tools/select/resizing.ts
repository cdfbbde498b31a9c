import { resizeAnnotation } from '../../../shared/actions/resize-annotation';
import { normalisedDegrees } from '../../../shared/geometry/affine';
import { screenPoint } from '../../../shared/geometry/point';
import type { Annotation } from '../../../shared/schema/annotation';
import type { Shape } from '../../../shared/schema/shapes';
import { behaviourOf } from '../../../shared/shapes';
import { ROTATE_HANDLE_ID } from '../../../shared/shapes/rotate-handle';
import type { Handle } from '../../../shared/shapes/shape-behaviour';
import type { Editor, PointerInput } from '../../editor/editor';
import { pointed, pointedInside } from '../pointed';
import { previewOf } from '../preview-of';
import type { Outcome, ToolState } from '../tool';
import { handlePlace } from './handle-at';
import { scalingTo } from './scaling-to';

const STEP_IN_DEGREES = 15;

interface GrabbedGrip {
  readonly annotation: Annotation;
  readonly handle: Handle;
}

/**
 * Drags one grip of one object; the grip keeps the distance that it had to the pointer when it was taken. Boxes and
 * masks keep their ratio with Shift and their middle with Alt. The grip that rotates goes in steps of 15° with Shift.
 */
export function resizing(press: PointerInput, { annotation, handle }: GrabbedGrip): ToolState {
  const { shape, id } = annotation;
  const isRotating = handle.id === ROTATE_HANDLE_ID;
  const argsFor = (editor: Editor, event: PointerInput) => {
    const at = handlePlace(editor, handle);
    const to = screenPoint(at.x + event.screen.x - press.screen.x, at.y + event.screen.y - press.screen.y);
    const behaviour = behaviourOf(shape);
    if (!isRotating) {
      const inside = pointedInside(editor, to);
      const isEven = (shape.type === 'box' || shape.type === 'mask') && (event.shift || event.alt);
      return {
        id,
        shape: isEven
          ? behaviour.transformed(shape, scalingTo(behaviour.bounds(shape), handle, inside, event))
          : behaviour.withHandleMoved(shape, handle.id, inside),
      };
    }
    return {
      id,
      shape: onSteps(behaviour.withHandleMoved(shape, handle.id, pointed(editor, to)), event.shift),
    };
  };
  return {
    id: 'resizing',
    cursor: () => (annotation.isLocked ? 'not-allowed' : handle.cursor),
    onPointerMove(editor, event) {
      const args = argsFor(editor, event);
      const turn = isRotating && 'rotation' in args.shape ? args.shape.rotation : null;
      editor.setPreview({
        ...previewOf(editor, resizeAnnotation, args),
        ...(turn !== null && { measure: `${Math.round(turn * 10) / 10}°` }),
      });
      return 'stay';
    },
    onPointerUp(editor, event): Outcome {
      if (event.button !== 'primary') return 'stay';
      editor.perform(resizeAnnotation, argsFor(editor, event));
      return 'done';
    },
  };
}

/** On whole steps: 15° when asked for, else the tenth of a degree, which is finer than a hand can point. */
function onSteps(shape: Shape, isStepped: boolean): Shape {
  if (!('rotation' in shape)) return shape;
  const rotation = isStepped
    ? Math.round(shape.rotation / STEP_IN_DEGREES) * STEP_IN_DEGREES
    : Math.round(shape.rotation * 10) / 10;
  return { ...shape, rotation: normalisedDegrees(rotation) };
}
