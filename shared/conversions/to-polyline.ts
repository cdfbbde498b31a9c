import { appError } from '../result/app-error';
import { err, ok } from '../result/result';
import type { PolylineShape } from '../schema/shapes';
import { polyline } from '../shapes/polyline/polyline';
import type { Conversion } from './conversion';

/** The outline of a polygon as a line that ends where it began. */
export const toPolyline: Conversion<PolylineShape> = {
  to: 'polyline',
  from: ['polygon'],
  convert(shape, _options, picture) {
    const [part, ...others] = shape.type === 'polygon' ? shape.parts : [];
    const first = part?.exterior[0];
    if (part === undefined || first === undefined || others.length > 0) {
      return err(
        appError('edit.invalid-shape', 'A line is made from a polygon of one part. Split the polygon first.'),
      );
    }
    const fitted = polyline.fitted({ type: 'polyline', points: [...part.exterior, first] }, picture);
    if (!fitted.ok) return fitted;
    const holes = part.holes.length;
    const ofHoles = holes === 0 ? '' : ` and ${holes === 1 ? 'its hole' : `its ${holes} holes`}`;
    return ok({ shape: fitted.value, lost: `the area inside${ofHoles}` });
  },
};
