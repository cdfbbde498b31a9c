import { err, ok } from '../../result/result';
import type { AttributeId, LabelId } from '../../schema/ids';
import { editLabel, invalidEdit, type SchemaEdit } from './schema-edit';

/** Stops asking a question. Answers given so far stay in the annotations, so undo brings them back whole. */
export const removeAttribute: SchemaEdit<{
  readonly labelId: LabelId;
  readonly attributeId: AttributeId;
}> = (schema, args) =>
  editLabel(schema, args.labelId, (label) => {
    const attributes = label.attributes.filter((attribute) => attribute.id !== args.attributeId);
    return attributes.length === label.attributes.length
      ? err(invalidEdit(`“${label.name}” has no such attribute any more.`, { field: 'id' }))
      : ok({ ...label, attributes });
  });
