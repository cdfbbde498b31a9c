import { partsOfShape, simpleParts } from '../../conversions/area-of-shape';
import { polygonOfParts } from '../../conversions/to-polygon';
import { type MaskRuns, tightMask } from '../../geometry/mask-runs';
import type { AreaPart } from '../../geometry/polygon-part';
import type { Size } from '../../geometry/rect';
import { appError } from '../../result/app-error';
import { err, type Result } from '../../result/result';
import type { Annotation } from '../../schema/annotation';
import type { MaskShape, PolygonShape, Shape } from '../../schema/shapes';
import { SHAPES } from '../../shapes';
import { mask } from '../../shapes/mask/mask';
import { shapeOfRuns } from '../../shapes/mask/mask-pixels';

/** The area of an object, of parts that do not overlap; what covers none is refused in the words of `doing`. */
export function areaOf({ shape }: Annotation, doing: string): Result<readonly AreaPart[]> {
  const parts = partsOfShape(shape);
  if (parts !== null) return simpleParts(parts);
  return err(
    appError(
      'edit.invalid-shape',
      `A ${SHAPES[shape.type].title.toLowerCase()} covers no area and cannot be ${doing}. Select boxes, polygons, ellipses or masks.`,
      { type: shape.type },
    ),
  );
}

export function coversArea({ shape }: { readonly shape: Shape }): boolean {
  return SHAPES[shape.type].cover === 'area';
}

/** The mask of pixels inside the picture; null when none is left. */
export function maskOfPixels(pixels: MaskRuns | null, picture: Size): Result<MaskShape> | null {
  const tight = pixels === null ? null : tightMask(pixels);
  return tight === null ? null : mask.fitted(shapeOfRuns(tight), picture);
}

/** The polygon of areas inside the picture; null when none is left. */
export function polygonOfAreas(parts: readonly AreaPart[], picture: Size): Result<PolygonShape> | null {
  return parts.length === 0 ? null : polygonOfParts(parts, picture);
}

export const nothingLeft = () =>
  err(appError('edit.too-small', 'Nothing of the object would be left. Delete it instead.'));
