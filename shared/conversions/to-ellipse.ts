import { ok } from '../result/result';
import type { EllipseShape } from '../schema/shapes';
import { ellipse } from '../shapes/ellipse/ellipse';
import type { Conversion } from './conversion';
import { toRotatedBox } from './to-rotated-box';
import { areaLost } from './words';

/** The ellipse that touches the sides of a box, or of the least turned box around an outline. */
export const toEllipse: Conversion<EllipseShape> = {
  to: 'ellipse',
  from: ['box', 'rotated-box', 'polygon', 'mask'],
  convert(shape, options, picture) {
    const frame =
      shape.type === 'rotated-box' ? ok({ shape }) : toRotatedBox.convert(shape, options, picture);
    if (!frame.ok) return frame;
    const { cx, cy, width, height, rotation } = frame.value.shape;
    const inside: EllipseShape = { type: 'ellipse', cx, cy, rx: width / 2, ry: height / 2, rotation };
    const fitted = ellipse.fitted(inside, picture);
    if (!fitted.ok) return fitted;
    return ok({ shape: fitted.value, lost: areaLost(shape, fitted.value, 'the corners') });
  },
};
