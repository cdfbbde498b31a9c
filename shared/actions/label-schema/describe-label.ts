import { ok } from '../../result/result';
import type { LabelId } from '../../schema/ids';
import { editLabel, type SchemaEdit } from './schema-edit';

/** Sets the text that tells labellers when to use a label. */
export const describeLabel: SchemaEdit<{ readonly labelId: LabelId; readonly description: string }> = (
  schema,
  args,
) => editLabel(schema, args.labelId, (label) => ok({ ...label, description: args.description }));
