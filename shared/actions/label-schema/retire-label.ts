import { err, ok } from '../../result/result';
import type { LabelId } from '../../schema/ids';
import { editLabel, invalidEdit, type SchemaEdit } from './schema-edit';

/** Takes a label out of use: it stays on what carries it and in exports, and frees its key. */
export const retireLabel: SchemaEdit<{ readonly labelId: LabelId }> = (schema, args) =>
  editLabel(schema, args.labelId, (label) =>
    label.isRetired
      ? err(invalidEdit(`“${label.name}” is already retired.`))
      : ok({ ...label, isRetired: true, shortcut: null }),
  );
