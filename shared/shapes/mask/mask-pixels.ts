import { createBoundedCache } from '../../geometry/bounded-cache';
import { outlineOfMask } from '../../geometry/mask-outline';
import type { MaskRaster } from '../../geometry/mask-raster';
import { type MaskRuns, maskOfRaster, rasterOfMask } from '../../geometry/mask-runs';
import { decodeRle, encodeRle } from '../../geometry/rle';
import type { MaskShape } from '../../schema/shapes';
import type { OutlineRing } from '../shape-behaviour';

const MEGABYTE = 1024 * 1024;
/** A corner of an outline is an object of about this many bytes. */
const BYTES_A_CORNER = 40;

const runs = createBoundedCache<MaskShape, MaskRuns>(
  decoded,
  ({ ends }) => ends.byteLength + 64,
  64 * MEGABYTE,
);

const rasters = createBoundedCache<MaskShape, MaskRaster>(
  (shape) => rasterOfMask(runsOfShape(shape)),
  ({ data }) => data.byteLength,
  96 * MEGABYTE,
);

const outlines = createBoundedCache<MaskShape, readonly OutlineRing[]>(
  (shape) => outlineOfMask(runsOfShape(shape)).map((points) => ({ points, isClosed: true })),
  (rings) => rings.reduce((sum, { points }) => sum + points.length * BYTES_A_CORNER, 64),
  64 * MEGABYTE,
);

/** The pixels of a mask as runs; cached. Text that is no encoding of the window counts as nothing set. */
export function runsOfShape(shape: MaskShape): MaskRuns {
  return runs.of(shape);
}

/** The pixels of a mask, one byte each; cached up to a limit. Read only: it is shared. */
export function rasterOfShape(shape: MaskShape): MaskRaster {
  return rasters.of(shape);
}

export function outlineOfShape(shape: MaskShape): readonly OutlineRing[] {
  return outlines.of(shape);
}

/** The record of runs; their window must be tight (`tightMask`). */
export function shapeOfRuns({ x, y, width, height, ends }: MaskRuns): MaskShape {
  return { type: 'mask', x, y, width, height, rle: encodeRle(ends) };
}

/** The record of painted pixels, its window made tight; null when none is set. */
export function shapeOfRaster(raster: MaskRaster): MaskShape | null {
  const mask = maskOfRaster(raster);
  return mask === null ? null : shapeOfRuns(mask);
}

/** Whether the text encodes exactly the window. */
export function isReadable({ rle, width, height }: MaskShape): boolean {
  return decodeRle(rle, width * height) !== null;
}

function decoded({ x, y, width, height, rle }: MaskShape): MaskRuns {
  const ends = decodeRle(rle, width * height) ?? new Uint32Array([width * height]);
  return { x, y, width, height, ends };
}
