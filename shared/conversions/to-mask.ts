import { ringsOfParts } from '../geometry/polygon-part';
import { appError } from '../result/app-error';
import { err, ok } from '../result/result';
import type { MaskShape, Shape } from '../schema/shapes';
import { mask } from '../shapes/mask/mask';
import { shapeOfRuns } from '../shapes/mask/mask-pixels';
import { partsOfShape, pixelsOfShape } from './area-of-shape';
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
    const what = 'what lies between whole pixels';
    const lost = liesOnPixels(shape) ? null : (areaLost(shape, fitted.value, what) ?? what);
    return ok({ shape: fitted.value, lost });
  },
};

/** Whether every edge runs along the edges of pixels, so that the mask covers the same to the last px². */
function liesOnPixels(shape: Shape): boolean {
  return ringsOfParts(partsOfShape(shape) ?? []).every((ring) =>
    ring.every(({ x, y }, index) => {
      const next = ring[(index + 1) % ring.length];
      const isUpright = next === undefined || next.x === x || next.y === y;
      return isUpright && Number.isInteger(x) && Number.isInteger(y);
    }),
  );
}
