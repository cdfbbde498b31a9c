import { maskIntersection } from '../geometry/mask-combine';
import { maskOfRings } from '../geometry/mask-fill';
import { cutArea, cutLine } from '../geometry/polygon-cut';
import type { AreaPart, Place } from '../geometry/polygon-part';
import { ringsOfParts } from '../geometry/polygon-part';
import type { Size } from '../geometry/rect';
import { appError } from '../result/app-error';
import { err, ok, type Result } from '../result/result';
import type { Annotation } from '../schema/annotation';
import type { AnnotationId } from '../schema/ids';
import type { Shape } from '../schema/shapes';
import { runsOfShape } from '../shapes/mask/mask-pixels';
import { polyline } from '../shapes/polyline/polyline';
import type { Action } from './edit/action';
import { areaOf, coversArea, maskOfPixels, polygonOfAreas } from './edit/area-shapes';
import { buildChange } from './edit/build-change';
import { describeObjects } from './edit/describe-objects';
import { editableIn } from './edit/editable';
import { labelForShape } from './edit/label-for-shape';
import { asPieces, sizeOf } from './edit/pieces';
import { statusFollowing } from './edit/status-following';

export interface CutAnnotationsArgs {
  readonly ids: readonly AnnotationId[];
  /** Where to cut, in image px; its ends that stop inside an object cut nothing there. */
  readonly line: readonly Place[];
}

/**
 * Parts objects along a line: polygons, masks and lines stay what they are, boxes and ellipses become polygons. The
 * largest piece keeps the object's id. What the line does not go all the way through stays whole.
 */
export const cutAnnotations: Action<CutAnnotationsArgs> = {
  code: 'annotation.cut',
  run(document, { ids, line }, context) {
    const editable = editableIn(document, ids);
    if (!editable.ok) return editable;
    const cut: Annotation[] = [];
    const added: Annotation[] = [];
    const updated: (readonly [Annotation, Annotation])[] = [];
    for (const annotation of editable.value) {
      const pieces = piecesOf(annotation, line, document.size);
      if (!pieces.ok) return pieces;
      const [first, second] = pieces.value;
      if (first === undefined || second === undefined) continue;
      if (first.type !== annotation.shape.type) {
        const label = labelForShape(context.schema, annotation.labelId, first.type);
        if (!label.ok) return label;
      }
      const parts = asPieces(annotation, pieces.value, context);
      cut.push(annotation);
      added.push(...parts.added);
      updated.push(...parts.updated);
    }
    if (cut.length === 0) {
      return err(
        appError('edit.invalid-shape', 'The line parts nothing. Draw it all the way through an object.'),
      );
    }
    return ok(
      buildChange(cutAnnotations.code, `Cut ${describeObjects(cut, context.schema)}`, {
        added,
        updated,
        status: statusFollowing(document, document.annotations.size + added.length),
      }),
    );
  },
};

/** One shape, or none, when the line does not part the object. */
function piecesOf(annotation: Annotation, line: readonly Place[], picture: Size): Result<readonly Shape[]> {
  const { shape } = annotation;
  if (shape.type === 'polyline') {
    return ok(
      cutLine(shape.points, line).flatMap((points) => {
        const piece = polyline.fitted({ type: 'polyline', points }, picture);
        return piece.ok ? [piece.value] : [];
      }),
    );
  }
  if (!coversArea(annotation)) return ok([]);
  const area = areaOf(annotation, 'cut');
  if (!area.ok) return area;
  const pieces = cutInto(area.value, line);
  if (pieces.length < 2) return ok([]);
  const shapes: Shape[] = [];
  for (const piece of pieces) {
    const made =
      shape.type === 'mask' ? maskOfPixels(pixelsIn(shape, piece), picture) : polygonOfAreas(piece, picture);
    // A piece that holds no pixel's centre takes none; one that is too thin for a polygon is refused with its reason.
    if (made === null) continue;
    if (!made.ok) return made;
    shapes.push(made.value);
  }
  return ok(shapes);
}

/** Each cut piece by itself; parts that the line does not touch stay with the largest. */
function cutInto(area: readonly AreaPart[], line: readonly Place[]): readonly (readonly AreaPart[])[] {
  const cut: AreaPart[] = [];
  const whole: AreaPart[] = [];
  for (const part of area) {
    const pieces = cutArea([part], line);
    if (pieces.length > 1) cut.push(...pieces);
    else whole.push(part);
  }
  if (cut.length === 0) return [];
  const sizes = cut.map((part) => sizeOf({ type: 'polygon', parts: [part] }));
  const largest = sizes.indexOf(Math.max(...sizes));
  return cut.map((part, index) => (index === largest ? [part, ...whole] : [part]));
}

function pixelsIn(shape: Extract<Shape, { type: 'mask' }>, parts: readonly AreaPart[]) {
  const pixels = runsOfShape(shape);
  const piece = maskOfRings(ringsOfParts(parts), pixels);
  return piece === null ? null : maskIntersection(pixels, piece);
}
