import { err, ok } from '../../result/result';
import type { LabelId } from '../../schema/ids';
import { resolveLabel } from '../../schema/resolve-label';
import { editLabel, invalidEdit, type SchemaEdit, unknownLabel } from './schema-edit';

/**
 * Lets annotations of one label count as another from now on. Nothing that was drawn is rewritten and the merged
 * label keeps its id, name and class index, so undo and older versions stay exact.
 */
export const mergeLabels: SchemaEdit<{ readonly fromId: LabelId; readonly intoId: LabelId }> = (
  schema,
  args,
) => {
  const into = resolveLabel(schema, args.intoId);
  if (into === null) return err(unknownLabel());
  return editLabel(schema, args.fromId, (from) => {
    if (from.mergedIntoId !== null) {
      return err(
        invalidEdit(`“${from.name}” is already merged into another label.`, { field: 'mergedIntoId' }),
      );
    }
    // The target is the end of its own chain, so meeting `from` there is the only way to close a circle.
    if (into.id === from.id) {
      return err(
        invalidEdit(`“${from.name}” cannot be merged into itself or into a label that is merged into it.`, {
          field: 'mergedIntoId',
        }),
      );
    }
    if (into.isRetired) {
      return err(
        invalidEdit(`“${into.name}” is retired. Restore it before merging another label into it.`, {
          field: 'mergedIntoId',
        }),
      );
    }
    return ok({ ...from, mergedIntoId: into.id, shortcut: null });
  });
};
