import { distanceToMaskOutline } from '../../geometry/mask-distance';
import { countSetPixels, isPixelSet, maskInWindow, tightMask } from '../../geometry/mask-runs';
import { maskScaledInto, maskTransformed } from '../../geometry/mask-transform';
import { imagePoint } from '../../geometry/point';
import { intersectRects } from '../../geometry/rect';
import { appError } from '../../result/app-error';
import { err, ok } from '../../result/result';
import type { MaskShape } from '../../schema/shapes';
import type { Handle, ShapeBehaviour } from '../shape-behaviour';
import { HANDLE_SIDES, sidesMoved } from '../side-handles';
import { isReadable, outlineOfShape, runsOfShape, shapeOfRuns } from './mask-pixels';

export const mask: ShapeBehaviour<MaskShape> = {
  type: 'mask',
  title: 'Mask',
  cover: 'area',

  bounds: ({ x, y, width, height }) => ({ x, y, width, height }),

  area: (shape) => countSetPixels(runsOfShape(shape)),

  contains: (shape, point) => isPixelSet(runsOfShape(shape), Math.floor(point.x), Math.floor(point.y)),

  distanceToOutline: (shape, point) => distanceToMaskOutline(runsOfShape(shape), point.x, point.y),

  outline: outlineOfShape,

  handles: (shape): readonly Handle[] =>
    HANDLE_SIDES.map((side) => ({
      id: side.id,
      at: imagePoint(shape.x + side.x * shape.width, shape.y + side.y * shape.height),
      cursor: side.cursor,
    })),

  /** The pixels scale with the window, whose sides stay on whole pixels. */
  withHandleMoved(shape, handleId, to) {
    const moved = sidesMoved(shape, handleId, imagePoint(Math.round(to.x), Math.round(to.y)));
    if (moved === null) return shape;
    const window = { ...moved, width: Math.max(moved.width, 1), height: Math.max(moved.height, 1) };
    return shapeOfRuns(maskScaledInto(runsOfShape(shape), window));
  },

  transformed: (shape, transform) => shapeOfRuns(maskTransformed(runsOfShape(shape), transform)),

  fitted(shape, image) {
    if (!isReadable(shape)) {
      return err(
        appError(
          'edit.invalid-shape',
          `The mask at ${shape.x}, ${shape.y} cannot be read: its run lengths do not fill its window of ` +
            `${shape.width} × ${shape.height} px. Draw it anew, or mend the file it came from.`,
          { x: shape.x, y: shape.y, width: shape.width, height: shape.height },
        ),
      );
    }
    const inside = intersectRects(shape, { x: 0, y: 0, width: image.width, height: image.height });
    const runs = runsOfShape(shape);
    const isWhole = inside?.width === shape.width && inside.height === shape.height;
    const kept =
      inside === null || inside.width === 0 || inside.height === 0
        ? null
        : tightMask(isWhole ? runs : maskInWindow(runs, inside));
    if (kept === null) {
      return err(
        appError(
          'edit.too-small',
          'A mask needs at least one pixel inside the picture. Paint on the picture.',
        ),
      );
    }
    return ok(kept === runs ? shape : shapeOfRuns(kept));
  },

  describe: (shape) => `${shape.width} × ${shape.height} at ${shape.x}, ${shape.y}`,
};
