import { translation } from '../geometry/affine';
import { err, ok } from '../result/result';
import type { Annotation } from '../schema/annotation';
import type { AnnotationId } from '../schema/ids';
import { behaviourOf } from '../shapes';
import type { Action } from './edit/action';
import { buildChange, withEdit } from './edit/build-change';
import { describeObjects } from './edit/describe-objects';
import { movableIn } from './edit/editable';
import { boundsTogether, keptInside, stepInside, wholeStepInside } from './edit/inside-picture';

export interface MoveAnnotationsArgs {
  readonly ids: readonly AnnotationId[];
  /** In image px; rounded to whole px when a mask is among the objects. */
  readonly dx: number;
  readonly dy: number;
}

/** Moves objects together, as far as the picture's edges let them all go; locked and pinned ones and tags stay. */
export const moveAnnotations: Action<MoveAnnotationsArgs> = {
  code: 'annotation.move',
  run(document, { ids, dx, dy }, context) {
    const movable = movableIn(document, ids);
    if (!movable.ok) return movable;
    const bounds = boundsTogether(movable.value);
    const hasMask = movable.value.some(({ shape }) => shape.type === 'mask');
    const step = (hasMask ? wholeStepInside : stepInside)(bounds, dx, dy, document.size);
    const label = `Move ${describeObjects(movable.value, context.schema)}`;
    if (step.dx === 0 && step.dy === 0) return ok(buildChange(moveAnnotations.code, label, {}));
    const transform = translation(step.dx, step.dy);
    const updated: (readonly [Annotation, Annotation])[] = [];
    for (const annotation of movable.value) {
      const moved = behaviourOf(annotation.shape).transformed(annotation.shape, transform);
      const kept = keptInside(annotation.shape, moved, document.size);
      if (!kept.ok) return err(kept.error);
      updated.push(withEdit(annotation, context, { shape: kept.value }));
    }
    return ok(buildChange(moveAnnotations.code, label, { updated }));
  },
};
