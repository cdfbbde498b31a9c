import { canonicalJson } from '../document/canonical-json';
import { type Affine, composed, keepsUpright, translation } from '../geometry/affine';
import { type Rect, type Size, unionRects } from '../geometry/rect';
import { appError } from '../result/app-error';
import { err, ok, type Result } from '../result/result';
import type { Annotation } from '../schema/annotation';
import type { AnnotationId } from '../schema/ids';
import type { LabelSchema } from '../schema/label-schema';
import type { Shape } from '../schema/shapes';
import { behaviourOf } from '../shapes';
import type { Action } from './edit/action';
import { buildChange, withEdit } from './edit/build-change';
import { describeObjects, findLabel } from './edit/describe-objects';
import { movableIn } from './edit/editable';
import { boundsTogether, keptInside, roomFor } from './edit/inside-picture';

export interface TransformAnnotationsArgs {
  readonly ids: readonly AnnotationId[];
  /** Image px to image px. */
  readonly transform: Affine;
}

/**
 * Scales or turns objects together, as one whole that stays inside the picture: scaling goes as far as the edges let
 * it, what is turned is moved in by the least, and what then does not fit is refused. Boxes that are turned by other
 * than quarters become rotated boxes, when their labels allow those. Locked and pinned objects and tags stay.
 */
export const transformAnnotations: Action<TransformAnnotationsArgs> = {
  code: 'annotation.transform',
  run(document, { ids, transform }, context) {
    const movable = movableIn(document, ids);
    if (!movable.ok) return movable;
    const isKept = keepsUpright(transform);
    const isScaling = isKept && transform.b === 0 && transform.c === 0;
    const determinant = transform.a * transform.d - transform.b * transform.c;
    if (!Object.values(transform).every(Number.isFinite) || Math.abs(determinant) < SMALLEST_DETERMINANT) {
      return err(
        appError('edit.too-small', 'Nothing would be left of these objects. Scale them by less.', {
          determinant,
        }),
      );
    }
    const refusal = isKept ? null : refusalToTurn(movable.value, context.schema);
    if (refusal !== null) return err(refusal);
    const bounds = boundsTogether(movable.value);
    const fitting = isScaling
      ? ok(scalingInside(transform, bounds, document.size))
      : turningInside(movable.value, transform, bounds, document.size);
    if (!fitting.ok) return fitting;
    const label = labelOf(movable.value, isScaling, isKept, context.schema);
    if (isIdentity(fitting.value)) return ok(buildChange(transformAnnotations.code, label, {}));
    const updated: (readonly [Annotation, Annotation])[] = [];
    for (const annotation of movable.value) {
      const after = carried(annotation.shape, fitting.value);
      const kept = keptInside(annotation.shape, after, document.size);
      if (!kept.ok) return kept;
      // Masks keep to whole pixels and turned boxes to right angles: a small step may change nothing of them.
      if (canonicalJson(kept.value) === canonicalJson(annotation.shape)) continue;
      updated.push(withEdit(annotation, context, { shape: kept.value }));
    }
    return ok(buildChange(transformAnnotations.code, label, { updated }));
  },
};

/** A scale of 1/1000 on both axes: nothing that can be seen is left. */
const SMALLEST_DETERMINANT = 1e-6;

function isIdentity({ a, b, c, d, e, f }: Affine): boolean {
  const isNear = (value: number, wanted: number) => Math.abs(value - wanted) < 1e-9;
  return isNear(a, 1) && isNear(b, 0) && isNear(c, 0) && isNear(d, 1) && isNear(e, 0) && isNear(f, 0);
}

function carried(shape: Shape, transform: Affine): Shape {
  const source: Shape =
    shape.type === 'box' && !keepsUpright(transform)
      ? {
          type: 'rotated-box',
          cx: shape.x + shape.width / 2,
          cy: shape.y + shape.height / 2,
          width: shape.width,
          height: shape.height,
          rotation: 0,
        }
      : shape;
  return behaviourOf(source).transformed(source, transform);
}

function refusalToTurn(annotations: readonly Annotation[], schema: LabelSchema) {
  for (const { shape, labelId } of annotations) {
    if (shape.type !== 'box') continue;
    const label = findLabel(schema, labelId);
    if (label === undefined || label.allowedShapes.length === 0) continue;
    if (label.allowedShapes.includes('rotated-box')) continue;
    return appError(
      'edit.invalid-shape',
      `${label.name} cannot be a rotated box, so its box cannot be turned. Allow the shape in the label schema.`,
      { labelId },
    );
  }
  return null;
}

/** The largest part of a scaling (about its own fixed point) that keeps `bounds` in the room it has. */
function scalingInside(transform: Affine, bounds: Rect, image: Size): Affine {
  const room = roomFor(bounds, image);
  const x = largestPart(transform.a, transform.e, bounds.x, bounds.width, room.x, room.width);
  const y = largestPart(transform.d, transform.f, bounds.y, bounds.height, room.y, room.height);
  // What keeps its ratio goes on keeping it.
  const isUniform = Math.abs(transform.a - transform.d) < 1e-9;
  const [partX, partY] = isUniform ? [Math.min(x, y), Math.min(x, y)] : [x, y];
  return {
    a: 1 + partX * (transform.a - 1),
    b: 0,
    c: 0,
    d: 1 + partY * (transform.d - 1),
    e: partX * transform.e,
    f: partY * transform.f,
  };
}

/** 0 to 1: how far both ends of a side may go towards where the scaling sends them. */
function largestPart(
  scale: number,
  shift: number,
  start: number,
  length: number,
  roomStart: number,
  roomLength: number,
): number {
  let part = 1;
  for (const end of [start, start + length]) {
    const way = scale * end + shift - end;
    const limit = way < 0 ? roomStart : roomStart + roomLength;
    const allowed = limit - end;
    if (Math.abs(way) > Math.abs(allowed)) part = Math.min(part, allowed / way);
  }
  return part;
}

/** The map with the least shift behind it that brings what is turned into the picture as a whole. */
function turningInside(
  annotations: readonly Annotation[],
  transform: Affine,
  bounds: Rect,
  image: Size,
): Result<Affine> {
  const room = roomFor(bounds, image);
  const turned = annotations
    .map(({ shape }): Rect => {
      const after = carried(shape, transform);
      return behaviourOf(after).bounds(after);
    })
    .reduce(unionRects);
  if (turned.width > room.width || turned.height > room.height) {
    return err(
      appError('edit.invalid-shape', 'Turned like this it would not fit into the picture. Scale it first.', {
        width: turned.width,
        height: turned.height,
      }),
    );
  }
  const dx = Math.max(room.x - turned.x, 0) - Math.max(turned.x + turned.width - room.x - room.width, 0);
  const dy = Math.max(room.y - turned.y, 0) - Math.max(turned.y + turned.height - room.y - room.height, 0);
  if (dx === 0 && dy === 0) return ok(transform);
  // Pixels of a mask lie on whole px, so the shift is one too, away from the edge that was passed.
  const away = (step: number) => Math.sign(step) * Math.ceil(Math.abs(step));
  const hasMask = annotations.some(({ shape }) => shape.type === 'mask');
  return ok(composed(transform, hasMask ? translation(away(dx), away(dy)) : translation(dx, dy)));
}

function labelOf(
  annotations: readonly Annotation[],
  isScaling: boolean,
  isKept: boolean,
  schema: LabelSchema,
): string {
  const what = describeObjects(annotations, schema);
  if (isScaling) return `Scale ${what}`;
  const boxes = isKept ? 0 : annotations.filter(({ shape }) => shape.type === 'box').length;
  if (boxes === 0) return `Turn ${what}`;
  return `Turn ${what} (${boxes === 1 ? 'a box becomes a rotated box' : `${boxes} boxes become rotated boxes`})`;
}
