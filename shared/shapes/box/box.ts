import { type ImagePoint, imagePoint } from '../../geometry/point';
import { clamp, intersectRects, rectContains, rectFromCorners } from '../../geometry/rect';
import { appError } from '../../result/app-error';
import { err, ok } from '../../result/result';
import type { BoxShape } from '../../schema/shapes';
import type { Handle, ShapeBehaviour } from '../shape-behaviour';

/** Smallest side in image px: below one pixel a box covers no pixel centre and trainers drop it. */
export const MIN_BOX_SIDE_IN_IMAGE_PX = 1;

/** The eight handles, each named by the sides it moves. */
const HANDLE_SIDES = [
  { id: 'north-west', x: 0, y: 0, cursor: 'nwse-resize' },
  { id: 'north', x: 0.5, y: 0, cursor: 'ns-resize' },
  { id: 'north-east', x: 1, y: 0, cursor: 'nesw-resize' },
  { id: 'east', x: 1, y: 0.5, cursor: 'ew-resize' },
  { id: 'south-east', x: 1, y: 1, cursor: 'nwse-resize' },
  { id: 'south', x: 0.5, y: 1, cursor: 'ns-resize' },
  { id: 'south-west', x: 0, y: 1, cursor: 'nesw-resize' },
  { id: 'west', x: 0, y: 0.5, cursor: 'ew-resize' },
] as const;

export function boxFromCorners(a: ImagePoint, b: ImagePoint): BoxShape {
  return { type: 'box', ...rectFromCorners(a, b) };
}

export const box: ShapeBehaviour<BoxShape> = {
  type: 'box',
  title: 'Bounding box',

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

  handles: (shape): readonly Handle[] =>
    HANDLE_SIDES.map((side) => ({
      id: side.id,
      at: imagePoint(shape.x + side.x * shape.width, shape.y + side.y * shape.height),
      cursor: side.cursor,
    })),

  withHandleMoved(shape, handleId, to) {
    const side = HANDLE_SIDES.find((candidate) => candidate.id === handleId);
    if (side === undefined) return shape;
    const left = side.x === 0 ? to.x : shape.x;
    const right = side.x === 1 ? to.x : shape.x + shape.width;
    const top = side.y === 0 ? to.y : shape.y;
    const bottom = side.y === 1 ? to.y : shape.y + shape.height;
    return boxFromCorners(imagePoint(left, top), imagePoint(right, bottom));
  },

  transformed: (shape, { scaleX, scaleY, translateX, translateY }) =>
    boxFromCorners(
      imagePoint(shape.x * scaleX + translateX, shape.y * scaleY + translateY),
      imagePoint(
        (shape.x + shape.width) * scaleX + translateX,
        (shape.y + shape.height) * scaleY + translateY,
      ),
    ),

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

  describe: (shape) =>
    `${round(shape.width)} × ${round(shape.height)} at ${round(shape.x)}, ${round(shape.y)}`,
};

function round(value: number): number {
  return Math.round(clamp(value, -1e9, 1e9) * 10) / 10;
}
