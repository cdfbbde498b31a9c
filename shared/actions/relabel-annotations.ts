import { ok } from '../result/result';
import type { AnnotationId, LabelId } from '../schema/ids';
import type { Action } from './edit/action';
import { buildChange, withEdit } from './edit/build-change';
import { describeObjects } from './edit/describe-objects';
import { editableIn } from './edit/editable';
import { attributesFor, labelForShape } from './edit/label-for-shape';

export interface RelabelAnnotationsArgs {
  readonly ids: readonly AnnotationId[];
  readonly labelId: LabelId;
}

/** Gives objects another label; attributes that the new label knows are kept, the rest take its defaults. */
export const relabelAnnotations: Action<RelabelAnnotationsArgs> = {
  code: 'annotation.relabel',
  run(document, { ids, labelId }, context) {
    const editable = editableIn(document, ids);
    if (!editable.ok) return editable;
    const updated = [];
    let name = '';
    for (const annotation of editable.value) {
      const label = labelForShape(context.schema, labelId, annotation.shape.type);
      if (!label.ok) return label;
      name = label.value.name;
      if (annotation.labelId === labelId) continue;
      const attributes = attributesFor(label.value, annotation.attributes);
      updated.push(withEdit(annotation, context, { labelId, attributes }));
    }
    const label = `Relabel ${describeObjects(editable.value, context.schema)} as ${name}`;
    return ok(buildChange(relabelAnnotations.code, label, { updated }));
  },
};
