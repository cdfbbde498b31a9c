import { appError } from '../result/app-error';
import { err, ok } from '../result/result';
import type { AnnotationId } from '../schema/ids';
import type { Action } from './edit/action';
import { buildChange, withEdit, withoutField } from './edit/build-change';
import { describeObjects } from './edit/describe-objects';
import { editableIn } from './edit/editable';
import { leftAlone } from './edit/group-members';

export interface GroupAnnotationsArgs {
  readonly ids: readonly AnnotationId[];
}

/** Says that objects belong together. What was in another group leaves it. */
export const groupAnnotations: Action<GroupAnnotationsArgs> = {
  code: 'annotation.group',
  run(document, { ids }, context) {
    const editable = editableIn(document, ids);
    if (!editable.ok) return editable;
    const members = editable.value;
    if (members.length < 2) {
      return err(appError('usage.bad-arguments', 'Select at least two objects to group them.'));
    }
    const label = `Group ${describeObjects(members, context.schema)}`;
    const [first] = members;
    const shared = first?.groupId;
    const chosen = new Set(members.map(({ id }) => id));
    const isGroupAlready =
      shared !== undefined &&
      members.every(({ groupId }) => groupId === shared) &&
      [...document.annotations.values()].every(({ id, groupId }) => groupId !== shared || chosen.has(id));
    if (isGroupAlready) return ok(buildChange(groupAnnotations.code, label, {}));
    const groupId = context.newId();
    return ok(
      buildChange(groupAnnotations.code, label, {
        updated: [
          ...members.map((annotation) => withEdit(annotation, context, { groupId })),
          ...leftAlone(document, members).map((annotation) => withoutField(annotation, context, 'groupId')),
        ],
      }),
    );
  },
};
