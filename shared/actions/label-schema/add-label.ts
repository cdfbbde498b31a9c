import { err, ok } from '../../result/result';
import type { LabelId } from '../../schema/ids';
import type { LabelDefinition } from '../../schema/label-schema';
import { parsedLabel, refuseTakenName, refuseTakenShortcut, revised, type SchemaEdit } from './schema-edit';

export interface AddLabelArgs {
  /** A fresh id, made by the caller. */
  readonly id: LabelId;
  readonly name: string;
  readonly color: string;
  readonly shortcut?: string | null;
  readonly allowedShapes?: LabelDefinition['allowedShapes'];
  readonly description?: string;
  readonly attributes?: LabelDefinition['attributes'];
  readonly supercategory?: string | null;
}

/** Appends a label under the schema's next class index, which no other label ever gets again. */
export const addLabel: SchemaEdit<AddLabelArgs> = (schema, args) => {
  const shortcut = args.shortcut ?? null;
  const refusal = refuseTakenName(schema, args.name, null) ?? refuseTakenShortcut(schema, shortcut, null);
  if (refusal !== null) return err(refusal);
  const label = parsedLabel({
    id: args.id,
    classIndex: schema.nextClassIndex,
    name: args.name,
    color: args.color,
    shortcut,
    allowedShapes: args.allowedShapes ?? [],
    description: args.description ?? '',
    attributes: args.attributes ?? [],
    isRetired: false,
    mergedIntoId: null,
    formerNames: [],
    supercategory: args.supercategory ?? null,
  });
  if (!label.ok) return label;
  return ok({
    ...revised(schema, [...schema.labels, label.value]),
    nextClassIndex: schema.nextClassIndex + 1,
  });
};
