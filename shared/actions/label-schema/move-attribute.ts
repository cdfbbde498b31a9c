import { err, ok } from '../../result/result';
import type { AttributeId, LabelId } from '../../schema/ids';
import { editLabel, invalidEdit, type SchemaEdit } from './schema-edit';

/** Moves an attribute to another place among its label's questions (0 is first). */
export const moveAttribute: SchemaEdit<{
  readonly labelId: LabelId;
  readonly attributeId: AttributeId;
  readonly toIndex: number;
}> = (schema, args) =>
  editLabel(schema, args.labelId, (label) => {
    const moved = label.attributes.find((attribute) => attribute.id === args.attributeId);
    if (moved === undefined) {
      return err(invalidEdit(`“${label.name}” has no such attribute any more.`, { field: 'id' }));
    }
    const others = label.attributes.filter((attribute) => attribute.id !== args.attributeId);
    const toIndex = Math.min(Math.max(0, Math.trunc(args.toIndex)), others.length);
    return ok({ ...label, attributes: [...others.slice(0, toIndex), moved, ...others.slice(toIndex)] });
  });
