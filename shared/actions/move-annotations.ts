import { translation } from '../geometry/affine';
import { clamp, type Rect, type Size, unionRects } from '../geometry/rect';
import { ok } from '../result/result';
import type { Annotation } from '../schema/annotation';
import type { AnnotationId } from '../schema/ids';
import { behaviourOf } from '../shapes';
import type { Action } from './edit/action';
import { buildChange, withEdit } from './edit/build-change';
import { describeObjects } from './edit/describe-objects';
import { editableIn } from './edit/editable';

export interface MoveAnnotationsArgs {
  readonly ids: readonly AnnotationId[];
  /** In image px. */
  readonly dx: number;
  readonly dy: number;
}

/** Moves objects together, as far as the picture's edges let them all go; locked ones stay. */
export const moveAnnotations: Action<MoveAnnotationsArgs> = {
  code: 'annotation.move',
  run(document, { ids, dx, dy }, context) {
    const editable = editableIn(document, ids);
    if (!editable.ok) return editable;
    const step = stepInside(editable.value, dx, dy, document.size);
    const label = `Move ${describeObjects(editable.value, context.schema)}`;
    if (step.dx === 0 && step.dy === 0) return ok(buildChange(moveAnnotations.code, label, {}));
    const transform = translation(step.dx, step.dy);
    return ok(
      buildChange(moveAnnotations.code, label, {
        updated: editable.value.map((annotation) => {
          const moved = behaviourOf(annotation.shape).transformed(annotation.shape, transform);
          // Adding and subtracting floats may leave a hair outside; what lay outside before (an import) is kept whole.
          const fitted = isInside(moved, document.size) ? moved : keptSize(annotation, moved, document.size);
          return withEdit(annotation, context, { shape: fitted });
        }),
      }),
    );
  },
};

/** A shorter step could vanish in the last bit of a coordinate, and a change that changes nothing is none. */
const SHORTEST_STEP_IN_IMAGE_PX = 1e-6;

/** The part of a wanted step in image px that keeps everything inside the picture, or brings it nearer. */
function stepInside(annotations: readonly Annotation[], dx: number, dy: number, image: Size) {
  const bounds = annotations
    .map((annotation): Rect => behaviourOf(annotation.shape).bounds(annotation.shape))
    .reduce(unionRects);
  return {
    dx: stepOnAxis(dx, bounds.x, bounds.width, image.width),
    dy: stepOnAxis(dy, bounds.y, bounds.height, image.height),
  };
}

function stepOnAxis(step: number, start: number, length: number, imageLength: number): number {
  const lowest = Math.min(-start, 0);
  const highest = Math.max(imageLength - length - start, 0);
  const allowed = clamp(step, lowest, highest);
  return Math.abs(allowed) < SHORTEST_STEP_IN_IMAGE_PX ? 0 : allowed;
}

function isInside(shape: Annotation['shape'], image: Size): boolean {
  const bounds = behaviourOf(shape).bounds(shape);
  return (
    bounds.x >= 0 &&
    bounds.y >= 0 &&
    bounds.x + bounds.width <= image.width &&
    bounds.y + bounds.height <= image.height
  );
}

function keptSize(annotation: Annotation, moved: Annotation['shape'], image: Size): Annotation['shape'] {
  if (!isInside(annotation.shape, image)) return moved;
  const fitted = behaviourOf(moved).fitted(moved, image);
  return fitted.ok ? fitted.value : annotation.shape;
}
