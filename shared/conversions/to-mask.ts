import { appError } from '../result/app-error';
import { err, ok } from '../result/result';
import type { MaskShape } from '../schema/shapes';
import { mask } from '../shapes/mask/mask';
import { shapeOfRuns } from '../shapes/mask/mask-pixels';
import { pixelsOfShape } from './area-of-shape';
import type { Conversion } from './conversion';
import { areaLost } from './words';

/** The pixels whose centres a shape covers. */
export const toMask: Conversion<MaskShape> = {
  to: 'mask',
  from: ['box', 'rotated-box', 'polygon', 'ellipse', 'cuboid'],
  convert(shape, _options, picture) {
    const pixels = pixelsOfShape(shape, picture);
    if (pixels === null) {
      return err(
        appError(
          'edit.too-small',
          'The shape covers the centre of no pixel inside the picture. Make it larger.',
        ),
      );
    }
    const fitted = mask.fitted(shapeOfRuns(pixels), picture);
    if (!fitted.ok) return fitted;
    return ok({ shape: fitted.value, lost: areaLost(shape, fitted.value, 'what lies between whole pixels') });
  },
};
