import { appError } from '../result/app-error';
import { err, ok } from '../result/result';
import type { AnnotationId } from '../schema/ids';
import type { Action } from './edit/action';
import { buildChange, withoutField } from './edit/build-change';
import { describeObjects } from './edit/describe-objects';
import { editableIn } from './edit/editable';
import { leftAlone } from './edit/group-members';

export interface UngroupAnnotationsArgs {
  readonly ids: readonly AnnotationId[];
}

/** Takes objects out of their groups; a group that keeps only one object is none any more. */
export const ungroupAnnotations: Action<UngroupAnnotationsArgs> = {
  code: 'annotation.ungroup',
  run(document, { ids }, context) {
    const editable = editableIn(document, ids);
    if (!editable.ok) return editable;
    const leaving = editable.value.filter(({ groupId }) => groupId !== undefined);
    if (leaving.length === 0) {
      return err(appError('usage.bad-arguments', 'The selected objects are in no group.'));
    }
    return ok(
      buildChange(ungroupAnnotations.code, `Ungroup ${describeObjects(leaving, context.schema)}`, {
        updated: [...leaving, ...leftAlone(document, leaving)].map((annotation) =>
          withoutField(annotation, context, 'groupId'),
        ),
      }),
    );
  },
};
