import { partsOfShape } from '../../conversions/area-of-shape';
import { areaDifference } from '../../geometry/polygon-boolean';
import { areaOfParts } from '../../geometry/polygon-part';
import { intersectRects } from '../../geometry/rect';
import { behaviourOf } from '../../shapes';
import { areaOverlap } from './area-overlap';
import type { ComparableObject } from './comparable-object';

/** CVAT's default of its visibility threshold. */
const LEAST_VISIBLE = 0.05;

/**
 * Objects of which less than `leastVisible` of their area can be seen below those drawn later in the list, as CVAT's
 * "covered annotation". Of outlines that segment (polygons, masks, ellipses): boxes of objects behind each other overlap
 * as they should. O(n²) tests of bounds; only what is nearly covered is cut.
 */
export function coveredObjects<T extends ComparableObject>(
  objects: readonly T[],
  leastVisible = LEAST_VISIBLE,
): readonly T[] {
  const segments = objects.filter(({ shape, isCrowd }) => isSegment(shape.type) && !isCrowd);
  const bounds = segments.map(({ shape }) => behaviourOf(shape).bounds(shape));
  return segments.filter((object, index) => {
    const own = bounds[index];
    if (own === undefined) return false;
    let area = 0;
    let mostCovered = 0;
    const above: T[] = [];
    for (let later = index + 1; later < segments.length; later += 1) {
      const other = segments[later];
      const place = bounds[later];
      if (other === undefined || place === undefined || intersectRects(own, place) === null) continue;
      const overlap = areaOverlap(object.shape, other.shape);
      if (overlap === null || overlap.common === 0) continue;
      area = overlap.areaOfA;
      mostCovered += overlap.common;
      if (area - overlap.common < leastVisible * area) return true;
      above.push(other);
    }
    if (above.length === 0 || area - mostCovered >= leastVisible * area) return false;
    return visibleShare(object, above) < leastVisible;
  });
}

function isSegment(type: ComparableObject['shape']['type']): boolean {
  return type === 'polygon' || type === 'mask' || type === 'ellipse';
}

/** What cannot be worked out counts as seen. */
function visibleShare(object: ComparableObject, above: readonly ComparableObject[]): number {
  const own = partsOfShape(object.shape) ?? [];
  const left = areaDifference(
    own,
    above.map(({ shape }) => partsOfShape(shape) ?? []),
  );
  const area = behaviourOf(object.shape).area(object.shape);
  return left.ok && area > 0 ? areaOfParts(left.value) / area : 1;
}
