import { ok } from '../result/result';
import type { AnnotationId } from '../schema/ids';
import type { Action } from './edit/action';
import { buildChange } from './edit/build-change';
import { describeObjects } from './edit/describe-objects';
import { editableIn } from './edit/editable';
import { orderOfRemoval } from './edit/order-change';
import { statusFollowing } from './edit/status-following';

export interface DeleteAnnotationsArgs {
  readonly ids: readonly AnnotationId[];
}

/** Removes objects; locked ones stay. */
export const deleteAnnotations: Action<DeleteAnnotationsArgs> = {
  code: 'annotation.delete',
  run(document, { ids }, context) {
    const editable = editableIn(document, ids);
    if (!editable.ok) return editable;
    const removed = editable.value;
    return ok(
      buildChange(deleteAnnotations.code, `Delete ${describeObjects(removed, context.schema)}`, {
        removed,
        order: orderOfRemoval(document, new Set(removed.map((annotation) => annotation.id))),
        status: statusFollowing(document, document.annotations.size - removed.length),
      }),
    );
  },
};
