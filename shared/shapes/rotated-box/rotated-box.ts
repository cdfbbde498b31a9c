import { normalisedDegrees } from '../../geometry/affine';
import type { ImagePoint } from '../../geometry/point';
import { boundsOfPoints, type Rect, type Size } from '../../geometry/rect';
import { distanceToPath } from '../../geometry/ring';
import { intoFrame, outOfFrame, turnedCorners } from '../../geometry/turned-frame';
import { appError } from '../../result/app-error';
import { err, ok } from '../../result/result';
import type { RotatedBoxShape } from '../../schema/shapes';
import { tenths } from '../describe-place';
import { ROTATE_HANDLE_ID, rotateHandle, rotationTowards } from '../rotate-handle';
import type { Handle, ShapeBehaviour } from '../shape-behaviour';
import { cursorTowards, HANDLE_SIDES, sidesMoved } from '../side-handles';
import { stepInside } from '../step-inside';
import { stretchAlongAxes } from '../stretch-along-axes';

/** Smallest side in image px, as for boxes. */
const MIN_SIDE_IN_IMAGE_PX = 1;

export const rotatedBox: ShapeBehaviour<RotatedBoxShape> = {
  type: 'rotated-box',
  title: 'Rotated box',
  cover: 'area',

  bounds: boundsOf,

  area: (shape) => shape.width * shape.height,

  contains(shape, point) {
    const own = intoFrame(shape, point);
    return Math.abs(own.x) <= shape.width / 2 && Math.abs(own.y) <= shape.height / 2;
  },

  distanceToOutline: (shape, point) => distanceToPath(cornersOf(shape), true, point),

  outline: (shape) => [{ points: cornersOf(shape), isClosed: true }],

  handles: (shape): readonly Handle[] => [
    ...HANDLE_SIDES.map((side) => ({
      id: side.id,
      at: outOfFrame(shape, (side.x - 0.5) * shape.width, (side.y - 0.5) * shape.height),
      cursor: cursorTowards(shape.rotation + (Math.atan2(side.y - 0.5, side.x - 0.5) * 180) / Math.PI),
    })),
    rotateHandle(shape, outOfFrame(shape, 0, -shape.height / 2)),
  ],

  /** Sides move along the box's own axes, and the opposite ones stay where they are. */
  withHandleMoved(shape, handleId, to) {
    if (handleId === ROTATE_HANDLE_ID) return { ...shape, rotation: rotationTowards(shape, to) };
    const own: Rect = {
      x: -shape.width / 2,
      y: -shape.height / 2,
      width: shape.width,
      height: shape.height,
    };
    const moved = sidesMoved(own, handleId, intoFrame(shape, to));
    if (moved === null) return shape;
    const centre = outOfFrame(shape, moved.x + moved.width / 2, moved.y + moved.height / 2);
    return { ...shape, cx: centre.x, cy: centre.y, width: moved.width, height: moved.height };
  },

  /** Exact for moving, turning, mirroring and even scaling; an uneven scale stretches along the box's own axes only. */
  transformed(shape, transform) {
    const { alongX, alongY, ...frame } = stretchAlongAxes(shape, transform);
    return {
      type: 'rotated-box',
      ...frame,
      width: shape.width * alongX,
      height: shape.height * alongY,
    };
  },

  /**
   * Moved the least that brings every corner into the picture; refused when it does not fit in, since cutting it or
   * making it smaller would tell another size than was drawn.
   */
  fitted(shape, image) {
    if (shape.width < MIN_SIDE_IN_IMAGE_PX || shape.height < MIN_SIDE_IN_IMAGE_PX) {
      return err(
        appError(
          'edit.too-small',
          `A rotated box needs at least ${MIN_SIDE_IN_IMAGE_PX} px on each side. Drag further, or zoom in.`,
          { width: shape.width, height: shape.height },
        ),
      );
    }
    return insideOf(shape, image);
  },

  describe: (shape) =>
    `${tenths(shape.width)} × ${tenths(shape.height)} turned ${tenths(shape.rotation)}° at ${tenths(shape.cx)}, ${tenths(shape.cy)}`,
};

function insideOf(shape: RotatedBoxShape, image: Size) {
  const step = stepInside(boundsOf(shape), image);
  if (step === null) {
    return err(
      appError(
        'edit.invalid-shape',
        'A rotated box has to lie inside the picture, and this one is larger than it. Make it smaller or turn it.',
      ),
    );
  }
  return ok({
    ...shape,
    cx: shape.cx + step.dx,
    cy: shape.cy + step.dy,
    rotation: normalisedDegrees(shape.rotation),
  });
}

function cornersOf(shape: RotatedBoxShape): readonly ImagePoint[] {
  return turnedCorners(shape, shape.width, shape.height);
}

function boundsOf(shape: RotatedBoxShape): Rect {
  return boundsOfPoints(cornersOf(shape)) ?? { x: shape.cx, y: shape.cy, width: 0, height: 0 };
}
