import { err, ok } from '../../result/result';
import type { LabelId } from '../../schema/ids';
import { revised, type SchemaEdit, unknownLabel } from './schema-edit';

/** Moves a label to another place of the list (0 is first). Only the order people see changes, never an export. */
export const moveLabel: SchemaEdit<{ readonly labelId: LabelId; readonly toIndex: number }> = (
  schema,
  args,
) => {
  const label = schema.labels.find((candidate) => candidate.id === args.labelId);
  if (label === undefined) return err(unknownLabel());
  const others = schema.labels.filter((candidate) => candidate.id !== args.labelId);
  const toIndex = Math.min(Math.max(0, Math.trunc(args.toIndex)), others.length);
  return ok(revised(schema, [...others.slice(0, toIndex), label, ...others.slice(toIndex)]));
};
