import { ringsOfParts } from '../geometry/polygon-part';
import type { Shape } from '../schema/shapes';
import { hasArea, shapeIoU } from './matching/area-overlap';

/** How much matched areas have in common. */
export interface IoUSummary {
  /** 0 to 1. */
  readonly mean: number;
  readonly least: number;
  /** Of how many pairs of areas; the rest was beyond the budget. */
  readonly pairs: number;
}

/** Vertices of cut outlines that one comparison may spend: polygon clipping takes about a second for 20,000. */
const VERTEX_BUDGET = 200_000;

/** Gathers the IoU of pairs of shapes. Boxes, masks and equal shapes are free; outlines are cut until the budget is spent. */
export interface IoUMeter {
  /** @param difference of the two in image px, 0 when they are equal. */
  add(a: Shape, b: Shape, difference: number): void;
  /** Null when no pair had an area on both sides. */
  summary(): IoUSummary | null;
}

export function createIoUMeter(): IoUMeter {
  let vertices = 0;
  let sum = 0;
  let least = 1;
  let pairs = 0;
  const measured = (a: Shape, b: Shape, difference: number): number | null => {
    if (!hasArea(a) || !hasArea(b)) return null;
    if (difference === 0) return 1;
    // An outline against a mask is measured in pixels, which is cheap.
    if (a.type !== 'mask' && b.type !== 'mask') {
      const cut = verticesOf(a) + verticesOf(b);
      if (vertices + cut > VERTEX_BUDGET) return null;
      vertices += cut;
    }
    return shapeIoU(a, b);
  };
  return {
    add(a, b, difference) {
      const iou = measured(a, b, difference);
      if (iou === null) return;
      sum += iou;
      least = Math.min(least, iou);
      pairs += 1;
    },
    summary: () => (pairs === 0 ? null : { mean: sum / pairs, least, pairs }),
  };
}

/** Only polygons have so many that cutting them takes time. */
function verticesOf(shape: Shape): number {
  return shape.type === 'polygon'
    ? ringsOfParts(shape.parts).reduce((count, ring) => count + ring.length, 0)
    : 0;
}
