import type { Size } from '../geometry/rect';
import { appError } from '../result/app-error';
import { err, type Result } from '../result/result';
import type { Shape } from '../schema/shapes';
import { SHAPES } from '../shapes';
import type { Conversion, ConversionOptions, Converted } from './conversion';
import { toBox } from './to-box';
import { toEllipse } from './to-ellipse';
import { toMask } from './to-mask';
import { toPolygon } from './to-polygon';
import { toPolyline } from './to-polyline';
import { toRotatedBox } from './to-rotated-box';

/** What shapes can become. */
export const CONVERSIONS = {
  box: toBox,
  'rotated-box': toRotatedBox,
  polygon: toPolygon,
  polyline: toPolyline,
  ellipse: toEllipse,
  mask: toMask,
} as const;

export type ConversionTarget = keyof typeof CONVERSIONS;

/** A shape as another kind, with what is lost; refused when the two kinds have nothing in common. */
export function convertShape(
  shape: Shape,
  to: ConversionTarget,
  options: ConversionOptions,
  picture: Size,
): Result<Converted> {
  const conversion: Conversion = CONVERSIONS[to];
  if (conversion.from.includes(shape.type)) return conversion.convert(shape, options, picture);
  const from = SHAPES[shape.type].title.toLowerCase();
  return err(
    appError(
      'edit.invalid-shape',
      shape.type === to
        ? `This is a ${from} already.`
        : `A ${from} cannot become a ${SHAPES[to].title.toLowerCase()}. Draw it anew.`,
      { from: shape.type, to },
    ),
  );
}
