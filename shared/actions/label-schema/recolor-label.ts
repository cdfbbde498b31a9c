import { ok } from '../../result/result';
import type { LabelId } from '../../schema/ids';
import { editLabel, type SchemaEdit } from './schema-edit';

/** Gives a label another colour, `#rrggbb`. */
export const recolorLabel: SchemaEdit<{ readonly labelId: LabelId; readonly color: string }> = (
  schema,
  args,
) => editLabel(schema, args.labelId, (label) => ok({ ...label, color: args.color.toLowerCase() }));
