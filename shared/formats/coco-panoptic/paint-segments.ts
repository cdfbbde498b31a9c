import { countSetPixels } from '../../geometry/mask-runs';
import type { Rect, Size } from '../../geometry/rect';
import type { MaskShape } from '../../schema/shapes';
import { runsOfShape, shapeOfRuns } from '../../shapes/mask/mask-pixels';
import type { DatasetAnnotation } from '../format';
import { isMaskInside } from '../parts/coco-rle';
import type { LossTally } from '../parts/loss-tally';
import { pixelsOfPolygon } from '../parts/pixels-of-polygon';
import { paintMask } from '../parts/png/mask-values';

export interface PaintedSegment {
  readonly annotation: DatasetAnnotation;
  /** From 1, the number of its pixels. */
  readonly id: number;
  /** Of what is seen, image px. */
  readonly bbox: Rect;
  readonly area: number;
}

export interface PaintedPicture {
  /** One id a pixel, row by row; 0 for what belongs to nobody. */
  readonly ids: Uint32Array;
  readonly segments: readonly PaintedSegment[];
}

/** Paints masks and polygons over each other in their order, and counts what that loses. */
export function paintSegments(
  annotations: readonly DatasetAnnotation[],
  size: Size,
  tally: LossTally,
): PaintedPicture {
  const ids = new Uint32Array(size.width * size.height);
  const painted: { readonly annotation: DatasetAnnotation; readonly pixels: number }[] = [];
  for (const annotation of annotations) {
    const mask = maskOf(annotation, size, tally);
    if (mask === null) continue;
    const { painted: pixels } = paintMask(ids, size, mask, painted.length + 1);
    if (pixels === 0) tallyOutside(annotation, tally);
    else painted.push({ annotation, pixels });
  }
  const seen = seenOf(ids, size, painted.length);
  const segments: PaintedSegment[] = [];
  painted.forEach(({ annotation, pixels }, at) => {
    const { area, bbox } = seen[at] ?? { area: 0, bbox: NOWHERE };
    const { imageKey: key } = annotation;
    if (area === 0) {
      tally.add(
        'object-covered',
        key,
        `An object in ${key} lies under later ones as a whole; in a panoptic picture nothing of it is seen, so it was left out.`,
      );
      return;
    }
    if (area < pixels) {
      tally.add(
        'pixels-covered',
        key,
        `${pixels - area} of ${pixels} pixels of an object in ${key} lie under later ones; a panoptic picture gives them to those.`,
      );
    }
    segments.push({ annotation, id: at + 1, bbox, area });
  });
  return { ids, segments };
}

const NOWHERE: Rect = { x: 0, y: 0, width: 0, height: 0 };

function maskOf({ shape, imageKey }: DatasetAnnotation, size: Size, tally: LossTally): MaskShape | null {
  if (shape.type === 'mask') {
    const pixels = countSetPixels(runsOfShape(shape));
    if (!isMaskInside(shape, size) && pixels > 0) {
      tally.add(
        'mask-clipped',
        imageKey,
        `A mask reaches out of ${imageKey}; what lies outside was cut off.`,
      );
    }
    return shape;
  }
  if (shape.type !== 'polygon') return null;
  const pixels = pixelsOfPolygon(shape, size);
  if (pixels === null) {
    tally.add(
      'shape-without-pixels',
      imageKey,
      `A polygon in ${imageKey} covers no pixel's centre in the picture; it was left out.`,
    );
    return null;
  }
  tally.add(
    'polygon-became-mask',
    imageKey,
    `A polygon in ${imageKey} was written as the pixels whose centres it covers.`,
  );
  return shapeOfRuns(pixels);
}

function tallyOutside({ imageKey }: DatasetAnnotation, tally: LossTally): void {
  tally.add('mask-outside-image', imageKey, `A mask lies outside ${imageKey}; it was left out.`);
}

/** Area and box of each id from 1 to `count`, by index from 0. */
function seenOf(
  ids: Uint32Array,
  { width, height }: Size,
  count: number,
): readonly { readonly area: number; readonly bbox: Rect }[] {
  const areas = new Float64Array(count + 1);
  const lefts = new Int32Array(count + 1).fill(width);
  const rights = new Int32Array(count + 1).fill(-1);
  const tops = new Int32Array(count + 1).fill(height);
  const bottoms = new Int32Array(count + 1).fill(-1);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 1) {
      const id = ids[at] ?? 0;
      if (id === 0) continue;
      areas[id] = (areas[id] ?? 0) + 1;
      if (x < (lefts[id] ?? 0)) lefts[id] = x;
      if (x > (rights[id] ?? 0)) rights[id] = x;
      if (y < (tops[id] ?? 0)) tops[id] = y;
      bottoms[id] = y;
    }
  }
  return Array.from({ length: count }, (_, at) => {
    const left = lefts[at + 1] ?? 0;
    const top = tops[at + 1] ?? 0;
    return {
      area: areas[at + 1] ?? 0,
      bbox: {
        x: left,
        y: top,
        width: (rights[at + 1] ?? 0) - left + 1,
        height: (bottoms[at + 1] ?? 0) - top + 1,
      },
    };
  });
}
