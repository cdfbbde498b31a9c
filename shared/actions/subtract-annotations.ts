import { pixelsOfShape } from '../conversions/area-of-shape';
import { maskDifference } from '../geometry/mask-combine';
import type { MaskRuns } from '../geometry/mask-runs';
import { areaDifference, areaIntersection } from '../geometry/polygon-boolean';
import { type AreaPart, areaOfParts } from '../geometry/polygon-part';
import type { Size } from '../geometry/rect';
import { appError } from '../result/app-error';
import { err, ok, type Result } from '../result/result';
import type { Annotation } from '../schema/annotation';
import type { AnnotationId } from '../schema/ids';
import type { MaskShape, Shape } from '../schema/shapes';
import { runsOfShape } from '../shapes/mask/mask-pixels';
import type { Action } from './edit/action';
import { areaOf, maskOfPixels, nothingLeft, polygonOfAreas } from './edit/area-shapes';
import { buildChange, withEdit } from './edit/build-change';
import { describeObjects } from './edit/describe-objects';
import { editableIn, foundIn } from './edit/editable';
import { labelForShape } from './edit/label-for-shape';

export interface SubtractAnnotationsArgs {
  /** The object that gets smaller. */
  readonly from: AnnotationId;
  /** What is taken out of it; they stay, locked or not. */
  readonly ids: readonly AnnotationId[];
}

/** Takes the area of other objects out of one, which becomes a polygon unless it is a mask. */
export const subtractAnnotations: Action<SubtractAnnotationsArgs> = {
  code: 'annotation.subtract',
  run(document, { from, ids }, context) {
    const editable = editableIn(document, [from]);
    if (!editable.ok) return editable;
    const [annotation] = editable.value;
    const others = foundIn(
      document,
      ids.filter((id) => id !== from),
    );
    if (annotation === undefined || !others.ok) {
      return err(
        appError(
          'usage.bad-arguments',
          'Select the object to make smaller first, then those to take out of it.',
        ),
      );
    }
    const left =
      annotation.shape.type === 'mask'
        ? pixelsLeft(annotation.shape, others.value, document.size)
        : areaLeft(annotation, others.value, document.size);
    if (!left.ok) return left;
    if (left.value !== null && left.value.type !== annotation.shape.type) {
      const label = labelForShape(context.schema, annotation.labelId, left.value.type);
      if (!label.ok) return label;
    }
    return ok(
      buildChange(
        subtractAnnotations.code,
        `Subtract ${describeObjects(others.value, context.schema)} from ${describeObjects([annotation], context.schema)}`,
        { updated: left.value === null ? [] : [withEdit(annotation, context, { shape: left.value })] },
      ),
    );
  },
};

/** What is left of an area; null when nothing of the others lies in it. */
function areaLeft(
  annotation: Annotation,
  others: readonly Annotation[],
  picture: Size,
): Result<Shape | null> {
  const area = areaOf(annotation, 'made smaller');
  if (!area.ok) return area;
  const taken: (readonly AreaPart[])[] = [];
  for (const other of others) {
    const part = areaOf(other, 'taken out of another');
    if (!part.ok) return part;
    const common = areaIntersection([area.value, part.value]);
    if (!common.ok) return common;
    if (areaOfParts(common.value) > 0) taken.push(part.value);
  }
  if (taken.length === 0) return ok(null);
  const left = areaDifference(area.value, taken);
  if (!left.ok) return left;
  return polygonOfAreas(left.value, picture) ?? nothingLeft();
}

/** What is left of a mask; null when none of its pixels is taken. */
function pixelsLeft(
  shape: MaskShape,
  others: readonly Annotation[],
  picture: Size,
): Result<MaskShape | null> {
  let pixels: MaskRuns | null = runsOfShape(shape);
  for (const other of others) {
    const covered = areaOf(other, 'taken out of another');
    if (!covered.ok) return covered;
    const taken = pixelsOfShape(other.shape, picture);
    if (taken !== null && pixels !== null) pixels = maskDifference(pixels, taken);
  }
  const left = maskOfPixels(pixels, picture) ?? nothingLeft();
  const isSame = left.ok && left.value.rle === shape.rle && left.value.width === shape.width;
  return isSame ? ok(null) : left;
}
