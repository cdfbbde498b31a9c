import type { ImageDocument } from '../document/image-document';
import { translation } from '../geometry/affine';
import { rectMovedInside } from '../geometry/rect';
import { ok } from '../result/result';
import type { Annotation } from '../schema/annotation';
import type { AnnotationId } from '../schema/ids';
import { behaviourOf } from '../shapes';
import type { Action } from './edit/action';
import { buildChange } from './edit/build-change';
import { copiedGroups, groupOfCopy } from './edit/copied-groups';
import { describeObjects } from './edit/describe-objects';
import { foundIn } from './edit/editable';
import { statusFollowing } from './edit/status-following';

export interface DuplicateAnnotationsArgs {
  readonly ids: readonly AnnotationId[];
  /** How far a copy lies from its original, in image px, as far as the picture allows. */
  readonly dx: number;
  readonly dy: number;
}

/**
 * Copies objects on top of the others. A copy of a locked, hidden or pinned object is neither: it was made to be used.
 * Copies of a group are a group of their own.
 */
export const duplicateAnnotations: Action<DuplicateAnnotationsArgs> = {
  code: 'annotation.duplicate',
  run(document, { ids, dx, dy }, context) {
    const found = foundIn(document, ids);
    if (!found.ok) return found;
    const added: Annotation[] = [];
    const groups = copiedGroups(found.value, context);
    for (const original of found.value) {
      const shape = shiftedInside(document, original, dx, dy);
      if (!shape.ok) return shape;
      const { isPinned: _, groupId, ...kept } = original;
      added.push({
        ...kept,
        id: context.newId() as AnnotationId,
        shape: shape.value,
        isLocked: false,
        isHidden: false,
        origin: 'person',
        createdBy: context.actor,
        createdAt: context.at,
        updatedAt: context.at,
        revision: 0,
        ...groupOfCopy(groupId, groups),
      });
    }
    return ok(
      buildChange(duplicateAnnotations.code, `Duplicate ${describeObjects(found.value, context.schema)}`, {
        added,
        status: statusFollowing(document, document.annotations.size + added.length),
      }),
    );
  },
};

function shiftedInside({ size }: ImageDocument, { shape }: Annotation, dx: number, dy: number) {
  const behaviour = behaviourOf(shape);
  const bounds = behaviour.bounds(shape);
  // Where a copy would leave the picture it goes the other way, so that it never lies exactly on its original.
  const stepX = bounds.x + bounds.width + dx <= size.width ? dx : -dx;
  const stepY = bounds.y + bounds.height + dy <= size.height ? dy : -dy;
  const target = rectMovedInside({ ...bounds, x: bounds.x + stepX, y: bounds.y + stepY }, size);
  const moved = behaviour.transformed(shape, translation(target.x - bounds.x, target.y - bounds.y));
  return behaviour.fitted(moved, size);
}
