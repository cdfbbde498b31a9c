import { partsOfShape, pixelsOfShape } from '../conversions/area-of-shape';
import { maskIntersection } from '../geometry/mask-combine';
import { countSetPixels } from '../geometry/mask-runs';
import { areaIoU } from '../geometry/polygon-boolean';
import { ringsOfParts } from '../geometry/polygon-part';
import { rectIoU, unionRects } from '../geometry/rect';
import type { Shape } from '../schema/shapes';
import { behaviourOf } from '../shapes';

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
    if (a.type === 'box' && b.type === 'box') return rectIoU(a, b);
    // An outline against a mask is measured in pixels: cutting along their edges costs seconds for large ones.
    if (a.type === 'mask' || b.type === 'mask') return pixelIoU(a, b);
    if (vertices >= VERTEX_BUDGET) return null;
    const partsOfA = partsOfShape(a) ?? [];
    const partsOfB = partsOfShape(b) ?? [];
    const cut = ringsOfParts([...partsOfA, ...partsOfB]).reduce((count, ring) => count + ring.length, 0);
    if (vertices + cut > VERTEX_BUDGET) return null;
    vertices += cut;
    const iou = areaIoU(partsOfA, partsOfB);
    return iou.ok ? iou.value : null;
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

function hasArea({ type }: Shape): boolean {
  return type !== 'polyline' && type !== 'points' && type !== 'skeleton' && type !== 'tag';
}

/** By the pixels whose centres each covers. */
function pixelIoU(a: Shape, b: Shape): number {
  const bounds = unionRects(behaviourOf(a).bounds(a), behaviourOf(b).bounds(b));
  const window = {
    width: Math.max(1, Math.ceil(bounds.x + bounds.width)),
    height: Math.max(1, Math.ceil(bounds.y + bounds.height)),
  };
  const one = pixelsOfShape(a, window);
  const other = pixelsOfShape(b, window);
  if (one === null || other === null) return 0;
  const common = maskIntersection(one, other);
  const inBoth = common === null ? 0 : countSetPixels(common);
  return inBoth / (countSetPixels(one) + countSetPixels(other) - inBoth);
}
