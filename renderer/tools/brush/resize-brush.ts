import { brushDiameterScaled } from '../../editor/brush-diameter';
import type { Editor, WheelInput } from '../../editor/editor';

/** One notch of the wheel is a tenth. */
const FACTOR_A_NOTCH = 1.1;

/** Alt and the wheel make the brush larger (up) or smaller (down). Some platforms turn the wheel sideways with Alt. */
export function resizeBrush(editor: Editor, { deltaX, deltaY }: WheelInput): 'stay' {
  const delta = deltaY === 0 ? deltaX : deltaY;
  if (delta === 0) return 'stay';
  const { brushDiameter } = editor.session.toolOptions;
  const factor = delta < 0 ? FACTOR_A_NOTCH : 1 / FACTOR_A_NOTCH;
  editor.setToolOptions({ brushDiameter: brushDiameterScaled(brushDiameter, factor) });
  return 'stay';
}
