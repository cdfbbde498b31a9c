import { distanceToMaskOutline } from '../../geometry/mask-distance';
import { countSetPixels, isPixelSet, maskInWindow, tightMask } from '../../geometry/mask-runs';
import { maskScaledInto, maskTransformed } from '../../geometry/mask-transform';
import { imagePoint } from '../../geometry/point';
import { intersectRects } from '../../geometry/rect';
import { appError } from '../../result/app-error';
import { err, ok } from '../../result/result';
import type { MaskShape } from '../../schema/shapes';
import type { Handle, ShapeBehaviour } from '../shape-behaviour';
import { isReadable, outlineOfShape, runsOfShape, shapeOfRuns } from './mask-pixels';

/** The eight handles on the window, each named by the sides it moves; they scale the pixels with it. */
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

  withHandleMoved(shape, handleId, to) {
    const side = HANDLE_SIDES.find((candidate) => candidate.id === handleId);
    if (side === undefined) return shape;
    const [x, width] = sideMoved(side.x, shape.x, shape.width, to.x);
    const [y, height] = sideMoved(side.y, shape.y, shape.height, to.y);
    return shapeOfRuns(maskScaledInto(runsOfShape(shape), { x, y, width, height }));
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

  describe: (shape) =>
    `${countSetPixels(runsOfShape(shape))} px in ${shape.width} × ${shape.height} at ${shape.x}, ${shape.y}`,
};

/** Start and length of one axis of the window when its near side (0), far side (1) or neither goes to `to`. */
function sideMoved(side: 0 | 0.5 | 1, start: number, length: number, to: number): readonly [number, number] {
  if (side === 0.5) return [start, length];
  const fixed = side === 0 ? start + length : start;
  const moved = Math.round(to);
  return [Math.min(fixed, moved), Math.max(Math.abs(moved - fixed), 1)];
}
