import { ok } from '../result/result';
import type { AnnotationId, AttributeId } from '../schema/ids';
import type { AttributeValue } from '../schema/label-schema';
import { resolveMergedLabels } from '../schema/resolve-label';
import type { Action } from './edit/action';
import { buildChange, withEdit } from './edit/build-change';
import { checkAttributeValue } from './edit/check-attribute-value';
import { describeObjects } from './edit/describe-objects';
import { editableIn } from './edit/editable';

export interface SetAttributesArgs {
  readonly ids: readonly AnnotationId[];
  /** New values by attribute; null takes the value away. */
  readonly values: ReadonlyMap<AttributeId, AttributeValue | null>;
}

/**
 * Answers attributes of objects whose label asks them; objects of other labels stay as they are. A label that was merged
 * into another asks what that one asks.
 */
export const setAttributes: Action<SetAttributesArgs> = {
  code: 'annotation.setAttributes',
  run(document, { ids, values }, context) {
    const editable = editableIn(document, ids);
    if (!editable.ok) return editable;
    const labels = resolveMergedLabels(context.schema);
    const updated = [];
    for (const annotation of editable.value) {
      const attributes = { ...annotation.attributes };
      let isChanged = false;
      for (const definition of labels.get(annotation.labelId)?.attributes ?? []) {
        const value = values.get(definition.id);
        if (value === undefined || (attributes[definition.id] ?? null) === value) continue;
        if (value === null) delete attributes[definition.id];
        else {
          const checked = checkAttributeValue(definition, value);
          if (!checked.ok) return checked;
          attributes[definition.id] = checked.value;
        }
        isChanged = true;
      }
      if (isChanged) updated.push(withEdit(annotation, context, { attributes }));
    }
    const label = `Set attributes of ${describeObjects(editable.value, context.schema)}`;
    return ok(buildChange(setAttributes.code, label, { updated }));
  },
};
