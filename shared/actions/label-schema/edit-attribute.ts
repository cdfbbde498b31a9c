import { err, ok } from '../../result/result';
import type { LabelId } from '../../schema/ids';
import type { AttributeDefinition } from '../../schema/label-schema';
import { attributeProblem } from './attribute-problem';
import { editLabel, invalidEdit, type SchemaEdit } from './schema-edit';

/** Replaces an attribute by another with the same id and kind: a kind cannot change under values given to it. */
export const editAttribute: SchemaEdit<{
  readonly labelId: LabelId;
  readonly attribute: AttributeDefinition;
}> = (schema, args) =>
  editLabel(schema, args.labelId, (label) => {
    const before = label.attributes.find((attribute) => attribute.id === args.attribute.id);
    if (before === undefined) {
      return err(invalidEdit(`“${label.name}” has no such attribute any more.`, { field: 'id' }));
    }
    if (before.kind !== args.attribute.kind) {
      return err(
        invalidEdit(
          `“${before.name}” stays a ${before.kind}. Remove it and add another to ask differently.`,
          {
            field: 'kind',
          },
        ),
      );
    }
    const problem = attributeProblem(label, args.attribute);
    if (problem !== null) return err(problem);
    return ok({
      ...label,
      attributes: label.attributes.map((attribute) =>
        attribute.id === args.attribute.id ? args.attribute : attribute,
      ),
    });
  });
