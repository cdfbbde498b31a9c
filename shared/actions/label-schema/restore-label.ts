import { err, ok } from '../../result/result';
import type { LabelId } from '../../schema/ids';
import { editLabel, invalidEdit, refuseTakenName, type SchemaEdit } from './schema-edit';

/** Brings a retired or merged label back into use, unless another label has taken its name meanwhile. */
export const restoreLabel: SchemaEdit<{ readonly labelId: LabelId }> = (schema, args) =>
  editLabel(schema, args.labelId, (label) => {
    if (!label.isRetired && label.mergedIntoId === null) {
      return err(invalidEdit(`“${label.name}” is in use; there is nothing to restore.`));
    }
    const refusal = refuseTakenName(schema, label.name, label.id);
    return refusal === null ? ok({ ...label, isRetired: false, mergedIntoId: null }) : err(refusal);
  });
