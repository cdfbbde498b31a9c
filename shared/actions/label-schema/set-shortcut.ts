import { err, ok } from '../../result/result';
import type { LabelId } from '../../schema/ids';
import { editLabel, invalidEdit, refuseTakenShortcut, type SchemaEdit } from './schema-edit';

/** Sets or clears (null) the key that selects a label; one key selects one label. */
export const setShortcut: SchemaEdit<{ readonly labelId: LabelId; readonly shortcut: string | null }> = (
  schema,
  args,
) =>
  editLabel(schema, args.labelId, (label) => {
    if (args.shortcut !== null && (label.isRetired || label.mergedIntoId !== null)) {
      return err(
        invalidEdit('A retired or merged label cannot be selected by a key.', { field: 'shortcut' }),
      );
    }
    const refusal = refuseTakenShortcut(schema, args.shortcut, label.id);
    return refusal === null ? ok({ ...label, shortcut: args.shortcut }) : err(refusal);
  });
