import { applyAffine } from '../../geometry/affine';
import { type ImagePoint, imagePoint } from '../../geometry/point';
import { boundsOfPoints, intersectRects, type Rect, rectContains } from '../../geometry/rect';
import { appError } from '../../result/app-error';
import { err, ok } from '../../result/result';
import type { BoxShape } from '../../schema/shapes';
import { describePlace } from '../describe-place';
import type { Handle, ShapeBehaviour } from '../shape-behaviour';
import { HANDLE_SIDES, sidesMoved } from '../side-handles';

/** Smallest side in image px: below one pixel a box covers no pixel centre and trainers drop it. */
export const MIN_BOX_SIDE_IN_IMAGE_PX = 1;

export const box: ShapeBehaviour<BoxShape> = {
  type: 'box',
  title: 'Bounding box',
  cover: 'area',

  bounds: ({ x, y, width, height }) => ({ x, y, width, height }),

  area: (shape) => shape.width * shape.height,

  contains: (shape, point) => rectContains(shape, point),

  distanceToOutline(shape, point) {
    const right = shape.x + shape.width;
    const bottom = shape.y + shape.height;
    if (!rectContains(shape, point)) {
      const dx = Math.max(shape.x - point.x, 0, point.x - right);
      const dy = Math.max(shape.y - point.y, 0, point.y - bottom);
      return Math.hypot(dx, dy);
    }
    return Math.min(point.x - shape.x, right - point.x, point.y - shape.y, bottom - point.y);
  },

  outline: (shape) => [{ points: cornersOf(shape), isClosed: true }],

  handles: (shape): readonly Handle[] =>
    HANDLE_SIDES.map((side) => ({
      id: side.id,
      at: imagePoint(shape.x + side.x * shape.width, shape.y + side.y * shape.height),
      cursor: side.cursor,
    })),

  withHandleMoved(shape, handleId, to) {
    const moved = sidesMoved(shape, handleId, to);
    return moved === null ? shape : { type: 'box', ...moved };
  },

  /** A box stays upright: turned, it becomes the bounds of its turned corners. */
  transformed(shape, transform) {
    const turned = cornersOf(shape).map(({ x, y }) => applyAffine(transform, x, y));
    return { type: 'box', ...(boundsOfPoints(turned) ?? shape) };
  },

  fitted(shape, image) {
    const inside = intersectRects(shape, { x: 0, y: 0, width: image.width, height: image.height });
    if (
      inside === null ||
      inside.width < MIN_BOX_SIDE_IN_IMAGE_PX ||
      inside.height < MIN_BOX_SIDE_IN_IMAGE_PX
    ) {
      return err(
        appError(
          'edit.too-small',
          `A box needs at least ${MIN_BOX_SIDE_IN_IMAGE_PX} px on each side inside the picture. Drag further, or zoom in.`,
          { width: inside?.width ?? 0, height: inside?.height ?? 0 },
        ),
      );
    }
    return ok({ type: 'box', ...inside });
  },

  describe: describePlace,
};

function cornersOf({ x, y, width, height }: Rect): readonly ImagePoint[] {
  return [
    imagePoint(x, y),
    imagePoint(x + width, y),
    imagePoint(x + width, y + height),
    imagePoint(x, y + height),
  ];
}
