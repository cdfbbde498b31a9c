import type { ChangeSet } from '../../document/change-set';
import type { Annotation } from '../../schema/annotation';
import type { AnnotationId } from '../../schema/ids';
import type { Shape } from '../../schema/shapes';
import { behaviourOf } from '../../shapes';
import type { EditContext } from './action';
import { withEdit } from './build-change';

/**
 * One object as several: the largest piece keeps the object's id and history, the others are new objects with the same
 * label, attributes and flags, on top.
 */
export function asPieces(
  annotation: Annotation,
  shapes: readonly Shape[],
  context: EditContext,
): Pick<ChangeSet, 'added' | 'updated'> {
  const sizes = shapes.map(sizeOf);
  const largest = sizes.indexOf(Math.max(...sizes));
  const added: Annotation[] = [];
  const updated: ChangeSet['updated'][number][] = [];
  shapes.forEach((shape, index) => {
    if (index === largest) updated.push(withEdit(annotation, context, { shape }));
    else {
      added.push({
        ...annotation,
        id: context.newId() as AnnotationId,
        shape,
        origin: 'person',
        createdBy: context.actor,
        createdAt: context.at,
        updatedAt: context.at,
        revision: 0,
      });
    }
  });
  return { added, updated };
}

/** Area, or for lines the diagonal of their bounds. */
export function sizeOf(shape: Shape): number {
  const behaviour = behaviourOf(shape);
  const { width, height } = behaviour.bounds(shape);
  return behaviour.cover === 'area' ? behaviour.area(shape) : Math.hypot(width, height);
}
