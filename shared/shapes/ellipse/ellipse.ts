import { applyAffine, normalisedDegrees, sineAndCosine } from '../../geometry/affine';
import type { ImagePoint } from '../../geometry/point';
import type { Rect } from '../../geometry/rect';
import { intoFrame, outOfFrame } from '../../geometry/turned-frame';
import { appError } from '../../result/app-error';
import { err, ok } from '../../result/result';
import type { EllipseShape } from '../../schema/shapes';
import { tenths } from '../describe-place';
import { ROTATE_HANDLE_ID, rotateHandle, rotationTowards } from '../rotate-handle';
import type { Handle, ShapeBehaviour } from '../shape-behaviour';
import { cursorTowards, sidesMoved } from '../side-handles';
import { stepInside } from '../step-inside';
import { distanceToEllipse } from './distance-to-ellipse';
import { transformedAxes } from './transformed-axes';

/** Smallest half axis in image px: below it an ellipse covers no pixel centre. */
const MIN_HALF_AXIS_IN_IMAGE_PX = 0.5;

/** How far the outline's lines may run beside the ellipse, in image px. */
const OUTLINE_TOLERANCE_IN_IMAGE_PX = 0.25;
const FEWEST_OUTLINE_POINTS = 16;
const MOST_OUTLINE_POINTS = 4096;

/** The ends of the axes, from the centre in half axes. */
const AXIS_ENDS = [
  { id: 'north', x: 0, y: -1 },
  { id: 'east', x: 1, y: 0 },
  { id: 'south', x: 0, y: 1 },
  { id: 'west', x: -1, y: 0 },
] as const;

export const ellipse: ShapeBehaviour<EllipseShape> = {
  type: 'ellipse',
  title: 'Ellipse',
  cover: 'area',

  bounds: boundsOf,

  area: (shape) => Math.PI * shape.rx * shape.ry,

  contains(shape, point) {
    const own = intoFrame(shape, point);
    return (own.x / shape.rx) ** 2 + (own.y / shape.ry) ** 2 <= 1;
  },

  distanceToOutline: (shape, point) => distanceToEllipse(shape.rx, shape.ry, intoFrame(shape, point)),

  outline: (shape) => [{ points: outlinePoints(shape), isClosed: true }],

  handles: (shape): readonly Handle[] => [
    ...AXIS_ENDS.map((end) => ({
      id: end.id,
      at: outOfFrame(shape, end.x * shape.rx, end.y * shape.ry),
      cursor: cursorTowards(shape.rotation + (Math.atan2(end.y, end.x) * 180) / Math.PI),
    })),
    rotateHandle(shape, outOfFrame(shape, 0, -shape.ry)),
  ],

  /** The end of an axis moves along it, and the opposite end stays where it is. */
  withHandleMoved(shape, handleId, to) {
    if (handleId === ROTATE_HANDLE_ID) return { ...shape, rotation: rotationTowards(shape, to) };
    const own = { x: -shape.rx, y: -shape.ry, width: 2 * shape.rx, height: 2 * shape.ry };
    const moved = sidesMoved(own, handleId, intoFrame(shape, to));
    if (moved === null) return shape;
    const centre = outOfFrame(shape, moved.x + moved.width / 2, moved.y + moved.height / 2);
    return { ...shape, cx: centre.x, cy: centre.y, rx: moved.width / 2, ry: moved.height / 2 };
  },

  /** Exact: an affine map makes an ellipse of every ellipse. */
  transformed(shape, transform) {
    const centre = applyAffine(transform, shape.cx, shape.cy);
    return { type: 'ellipse', cx: centre.x, cy: centre.y, ...transformedAxes(shape, transform) };
  },

  /** Moved the least that brings it into the picture; refused when it does not fit in. */
  fitted(shape, image) {
    if (shape.rx < MIN_HALF_AXIS_IN_IMAGE_PX || shape.ry < MIN_HALF_AXIS_IN_IMAGE_PX) {
      return err(
        appError('edit.too-small', 'An ellipse needs at least 1 px each way. Drag further, or zoom in.', {
          rx: shape.rx,
          ry: shape.ry,
        }),
      );
    }
    const step = stepInside(boundsOf(shape), image);
    if (step === null) {
      return err(
        appError(
          'edit.invalid-shape',
          'An ellipse has to lie inside the picture, and this one is larger than it. Make it smaller or turn it.',
        ),
      );
    }
    return ok({
      ...shape,
      cx: shape.cx + step.dx,
      cy: shape.cy + step.dy,
      rotation: normalisedDegrees(shape.rotation),
    });
  },

  describe: (shape) =>
    `${tenths(2 * shape.rx)} × ${tenths(2 * shape.ry)} turned ${tenths(shape.rotation)}° at ${tenths(shape.cx)}, ${tenths(shape.cy)}`,
};

function boundsOf({ cx, cy, rx, ry, rotation }: EllipseShape): Rect {
  const { sin, cos } = sineAndCosine(rotation);
  const halfWidth = Math.hypot(rx * cos, ry * sin);
  const halfHeight = Math.hypot(rx * sin, ry * cos);
  return { x: cx - halfWidth, y: cy - halfHeight, width: 2 * halfWidth, height: 2 * halfHeight };
}

/** As many points as keep the middle of every line within the tolerance: a chord of n lies r·(1 − cos π/n) inside. */
function outlinePoints(shape: EllipseShape): readonly ImagePoint[] {
  const radius = Math.max(shape.rx, shape.ry);
  const ratio = Math.max(-1, 1 - OUTLINE_TOLERANCE_IN_IMAGE_PX / radius);
  const needed = Math.ceil(Math.PI / Math.acos(ratio));
  // A multiple of four, so that the ends of the axes are among the points.
  const count = Math.min(Math.max(Math.ceil(needed / 4) * 4, FEWEST_OUTLINE_POINTS), MOST_OUTLINE_POINTS);
  return Array.from({ length: count }, (_, index) => {
    const { sin, cos } = sineAndCosine((index * 360) / count);
    return outOfFrame(shape, shape.rx * cos, shape.ry * sin);
  });
}
