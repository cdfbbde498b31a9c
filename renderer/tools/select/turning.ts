import { transformAnnotations } from '../../../shared/actions/transform-annotations';
import { normalisedDegrees, rotationAbout } from '../../../shared/geometry/affine';
import { imageFromScreen } from '../../../shared/geometry/camera';
import { type ImagePoint, imagePoint } from '../../../shared/geometry/point';
import type { Editor, PointerInput } from '../../editor/editor';
import type { SelectionFrame } from '../../editor/selection-frame';
import { previewOf } from '../preview-of';
import type { Outcome, ToolState } from '../tool';

const STEP_IN_DEGREES = 15;
/** Finer than a hand can point at the rim of a frame of 1,000 px. */
const ROUNDED_TO_DEGREES = 0.1;

/** Turns all selected objects about the middle of their frame; with Shift in steps of 15°. */
export function turning(editor: Editor, press: PointerInput, frame: SelectionFrame): ToolState {
  const { x, y, width, height } = frame.bounds;
  const centre = imagePoint(x + width / 2, y + height / 2);
  const start = directionOf(centre, imageFromScreen(editor.session.camera, press.screen));
  const degreesFor = (target: Editor, event: PointerInput) => {
    const now = directionOf(centre, imageFromScreen(target.session.camera, event.screen));
    const step = event.shift ? STEP_IN_DEGREES : ROUNDED_TO_DEGREES;
    return normalisedDegrees(Math.round(Math.round(normalisedDegrees(now - start) / step) * step * 10) / 10);
  };
  const argsFor = (degrees: number) => ({
    ids: frame.ids,
    transform: rotationAbout(centre, degrees),
  });
  return {
    id: 'turning',
    cursor: () => 'grabbing',
    onPointerMove(target, event) {
      const degrees = degreesFor(target, event);
      target.setPreview({
        ...previewOf(target, transformAnnotations, argsFor(degrees)),
        measure: `${degrees}°`,
      });
      return 'stay';
    },
    onPointerUp(target, event): Outcome {
      if (event.button !== 'primary') return 'stay';
      target.perform(transformAnnotations, argsFor(degreesFor(target, event)));
      return 'done';
    },
  };
}

/** Degrees clockwise from the right. */
function directionOf(from: ImagePoint, to: ImagePoint): number {
  return (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
}
