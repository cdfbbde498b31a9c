import { err, ok } from '../../result/result';
import type { LabelId } from '../../schema/ids';
import type { AttributeDefinition } from '../../schema/label-schema';
import { attributeProblem } from './attribute-problem';
import { editLabel, type SchemaEdit } from './schema-edit';

/** Appends an attribute to a label; its id is fresh and made by the caller. */
export const addAttribute: SchemaEdit<{
  readonly labelId: LabelId;
  readonly attribute: AttributeDefinition;
}> = (schema, args) =>
  editLabel(schema, args.labelId, (label) => {
    const problem = attributeProblem(label, args.attribute);
    return problem === null
      ? ok({ ...label, attributes: [...label.attributes, args.attribute] })
      : err(problem);
  });
