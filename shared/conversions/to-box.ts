import { ok } from '../result/result';
import type { BoxShape, Shape } from '../schema/shapes';
import { behaviourOf } from '../shapes';
import { box } from '../shapes/box/box';
import type { Conversion } from './conversion';
import { areaLost } from './words';

/** The upright box around a shape. */
export const toBox: Conversion<BoxShape> = {
  to: 'box',
  from: ['rotated-box', 'polygon', 'polyline', 'points', 'skeleton', 'ellipse', 'mask', 'cuboid'],
  convert(shape, _options, picture) {
    const around: BoxShape = { type: 'box', ...behaviourOf(shape).bounds(shape) };
    const fitted = box.fitted(around, picture);
    if (!fitted.ok) return fitted;
    return ok({ shape: fitted.value, lost: lostFrom(shape, fitted.value) });
  },
};

function lostFrom(shape: Shape, after: BoxShape): string | null {
  switch (shape.type) {
    case 'rotated-box':
      return shape.rotation === 0 ? null : areaLost(shape, after, `the turn of ${tenth(shape.rotation)}°`);
    case 'polyline':
    case 'points':
      return `the ${shape.points.length} points`;
    case 'skeleton':
      return `the ${shape.joints.length} joints`;
    case 'cuboid':
      return 'the depth';
    default:
      return areaLost(shape, after, 'the outline');
  }
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
