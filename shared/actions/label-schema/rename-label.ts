import { err, ok } from '../../result/result';
import type { LabelId } from '../../schema/ids';
import { editLabel, refuseTakenName, type SchemaEdit } from './schema-edit';

/** As many as the record holds; the oldest goes first. */
const MAX_FORMER_NAMES = 100;

/** Gives a label another name; the old one is kept so that older files still find the label. */
export const renameLabel: SchemaEdit<{ readonly labelId: LabelId; readonly name: string }> = (schema, args) =>
  editLabel(schema, args.labelId, (label) => {
    const refusal = refuseTakenName(schema, args.name, label.id);
    if (refusal !== null) return err(refusal);
    const name = args.name.trim();
    const formerNames = [...label.formerNames, label.name].filter(
      (former, at, all) => former !== name && all.lastIndexOf(former) === at,
    );
    return ok({ ...label, name, formerNames: formerNames.slice(-MAX_FORMER_NAMES) });
  });
