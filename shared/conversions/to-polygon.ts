import { findCrossing } from '../geometry/polygon-crossing';
import type { AreaPart } from '../geometry/polygon-part';
import { ringsOfParts } from '../geometry/polygon-part';
import { simplifiedRing } from '../geometry/polygon-simplify';
import type { Size } from '../geometry/rect';
import { appError } from '../result/app-error';
import { err, ok, type Result } from '../result/result';
import { PolygonShape, type Shape } from '../schema/shapes';
import { runsOfShape } from '../shapes/mask/mask-pixels';
import { polygon } from '../shapes/polygon/polygon';
import { partsOfShape, pixelsOfShape } from './area-of-shape';
import type { Conversion, Converted } from './conversion';
import { areaLost, pixelsLost } from './words';

/** A shape's outline as vertices; the outline of a mask is simplified. */
export const toPolygon: Conversion<PolygonShape> = {
  to: 'polygon',
  from: ['box', 'rotated-box', 'polyline', 'ellipse', 'mask', 'cuboid'],
  convert(shape, { simplifyTolerance }, picture) {
    const exact =
      shape.type === 'polyline' ? [{ exterior: shape.points, holes: [] }] : (partsOfShape(shape) ?? []);
    const parts = shape.type === 'mask' ? simplifiedParts(exact, simplifyTolerance) : exact;
    const made = polygonOfParts(parts, picture);
    return made.ok ? ok({ shape: made.value, lost: lostFrom(shape, made.value, picture) }) : made;
  },
};

/** A valid polygon inside the picture, or why these areas do not make one. */
export function polygonOfParts(parts: readonly AreaPart[], picture: Size): Result<PolygonShape> {
  // Results of other edits are mutable or not; what is stored holds plain vertices only.
  const whole = PolygonShape.safeParse({ type: 'polygon', parts });
  if (whole.success) return polygon.fitted(whole.data, picture);
  const vertices = ringsOfParts(parts).reduce((sum, ring) => sum + ring.length, 0);
  const reason =
    vertices < 3
      ? 'A polygon needs three points. Add points first.'
      : `This outline has ${parts.length} parts and ${vertices} vertices, more than a polygon may have. Keep it a mask, or simplify it more.`;
  return err(appError('edit.invalid-shape', reason, { parts: parts.length, vertices }));
}

/** All rings within the tolerance, or within less where they would cross one another. */
function simplifiedParts(parts: readonly AreaPart[], tolerance: number): readonly AreaPart[] {
  for (let attempt = tolerance; attempt > tolerance / 16; attempt /= 2) {
    const candidate = parts.map(({ exterior, holes }) => ({
      exterior: simplifiedRing(exterior, attempt),
      holes: holes.map((hole) => simplifiedRing(hole, attempt)),
    }));
    if (findCrossing(ringsOfParts(candidate)) === null) return candidate;
  }
  return parts;
}

function lostFrom(shape: Shape, after: PolygonShape, picture: Size): Converted['lost'] {
  switch (shape.type) {
    case 'mask':
      return pixelsLost(runsOfShape(shape), pixelsOfShape(after, picture));
    case 'polyline':
      return 'that it was an open line: its ends are joined and the area inside counts';
    case 'cuboid':
      return 'the depth: only the silhouette is kept';
    default:
      return areaLost(shape, after, 'the exact curve');
  }
}
