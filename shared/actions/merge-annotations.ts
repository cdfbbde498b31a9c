import { pixelsOfShape } from '../conversions/area-of-shape';
import { maskUnion } from '../geometry/mask-combine';
import type { MaskRuns } from '../geometry/mask-runs';
import { areaUnion } from '../geometry/polygon-boolean';
import type { AreaPart } from '../geometry/polygon-part';
import type { Size } from '../geometry/rect';
import { appError } from '../result/app-error';
import { err, ok, type Result } from '../result/result';
import type { Annotation } from '../schema/annotation';
import type { AnnotationId } from '../schema/ids';
import type { Shape } from '../schema/shapes';
import type { Action } from './edit/action';
import { areaOf, maskOfPixels, nothingLeft, polygonOfAreas } from './edit/area-shapes';
import { buildChange, withEdit } from './edit/build-change';
import { describeObjects } from './edit/describe-objects';
import { editableIn } from './edit/editable';
import { labelForShape } from './edit/label-for-shape';
import { orderOfRemoval } from './edit/order-change';
import { sizeOf } from './edit/pieces';
import { statusFollowing } from './edit/status-following';

export interface MergeAnnotationsArgs {
  readonly ids: readonly AnnotationId[];
}

/**
 * Makes one object of several: a mask when one of them is a mask, else a polygon. The largest keeps its id, label,
 * attributes, flags and note; those of the others go with them. Locked objects are left out.
 */
export const mergeAnnotations: Action<MergeAnnotationsArgs> = {
  code: 'annotation.merge',
  run(document, { ids }, context) {
    const editable = editableIn(document, ids);
    if (!editable.ok) return editable;
    const keeper = largestOf(editable.value);
    if (keeper === null || editable.value.length < 2) {
      return err(appError('usage.bad-arguments', 'Select two or more objects that are not locked.'));
    }
    const merged = unionOf(editable.value, document.size);
    if (!merged.ok) return merged;
    if (merged.value.type !== keeper.shape.type) {
      const label = labelForShape(context.schema, keeper.labelId, merged.value.type);
      if (!label.ok) return label;
    }
    const removed = editable.value.filter((annotation) => annotation !== keeper);
    const label = `Merge ${editable.value.length} objects into ${describeObjects([keeper], context.schema)}`;
    return ok(
      buildChange(mergeAnnotations.code, label, {
        updated: [withEdit(keeper, context, { shape: merged.value })],
        removed,
        order: orderOfRemoval(document, new Set(removed.map(({ id }) => id))),
        status: statusFollowing(document, document.annotations.size - removed.length),
      }),
    );
  },
};

/** The object whose label and attributes a merged one gets. */
export function largestOf(annotations: readonly Annotation[]): Annotation | null {
  let largest: Annotation | null = null;
  for (const annotation of annotations) {
    if (largest === null || sizeOf(annotation.shape) > sizeOf(largest.shape)) largest = annotation;
  }
  return largest;
}

function unionOf(annotations: readonly Annotation[], picture: Size): Result<Shape> {
  const areas: (readonly AreaPart[])[] = [];
  for (const annotation of annotations) {
    const area = areaOf(annotation, 'merged');
    if (!area.ok) return area;
    areas.push(area.value);
  }
  if (!annotations.some(({ shape }) => shape.type === 'mask')) {
    const union = areaUnion(areas);
    if (!union.ok) return union;
    return polygonOfAreas(union.value, picture) ?? nothingLeft();
  }
  let pixels: MaskRuns | null = null;
  for (const { shape } of annotations) {
    const more = pixelsOfShape(shape, picture);
    if (more !== null) pixels = pixels === null ? more : maskUnion(pixels, more);
  }
  return maskOfPixels(pixels, picture) ?? nothingLeft();
}
