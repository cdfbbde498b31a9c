import { leastTurnedRect } from '../geometry/turned-rect';
import { appError } from '../result/app-error';
import { err, ok } from '../result/result';
import type { RotatedBoxShape, Shape } from '../schema/shapes';
import { behaviourOf } from '../shapes';
import { rotatedBox } from '../shapes/rotated-box/rotated-box';
import { partsOfShape } from './area-of-shape';
import type { Conversion } from './conversion';
import { areaLost } from './words';

/** The least rectangle around a shape, turned as it lies; a box stays as it is. */
export const toRotatedBox: Conversion<RotatedBoxShape> = {
  to: 'rotated-box',
  from: ['box', 'polygon', 'polyline', 'points', 'ellipse', 'mask', 'cuboid'],
  convert(shape, _options, picture) {
    const around = rectAround(shape);
    if (around === null || around.width <= 0 || around.height <= 0) {
      return err(
        appError(
          'edit.too-small',
          'These points lie on one line, and no box has only a length. Draw it anew.',
        ),
      );
    }
    const fitted = rotatedBox.fitted(around, picture);
    if (!fitted.ok) return fitted;
    const moved = Math.hypot(fitted.value.cx - around.cx, fitted.value.cy - around.cy);
    const lost = [
      shape.type === 'polyline' || shape.type === 'points'
        ? `the ${shape.points.length} points`
        : areaLost(shape, fitted.value, shape.type === 'cuboid' ? 'the depth' : 'the outline'),
      moved > 0.05 ? `${Math.round(moved * 10) / 10} px of its place, to lie inside the picture` : null,
    ].filter((one) => one !== null);
    return ok({ shape: fitted.value, lost: lost.length === 0 ? null : lost.join(' and ') });
  },
};

function rectAround(shape: Shape): RotatedBoxShape | null {
  if (shape.type === 'box') {
    const { x, y, width, height } = shape;
    return { type: 'rotated-box', cx: x + width / 2, cy: y + height / 2, width, height, rotation: 0 };
  }
  if (shape.type === 'ellipse') {
    const { cx, cy, rx, ry, rotation } = shape;
    return { type: 'rotated-box', cx, cy, width: 2 * rx, height: 2 * ry, rotation };
  }
  const points =
    partsOfShape(shape)?.flatMap(({ exterior }) => exterior) ??
    behaviourOf(shape)
      .outline(shape)
      .flatMap((ring) => ring.points);
  const least = leastTurnedRect(points);
  return least === null ? null : { type: 'rotated-box', ...least };
}
