import { type AppError, appError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type { LabelId } from '../../schema/ids';
import { LabelDefinition, type LabelSchema } from '../../schema/label-schema';

/** A pure edit of a label schema: the same schema and arguments always give the same result. */
export type SchemaEdit<Args> = (schema: LabelSchema, args: Args) => Result<LabelSchema>;

/** Names differ when they differ beyond upper and lower case and the space around them. */
export function foldedName(name: string): string {
  return name.trim().toLocaleLowerCase('en');
}

export function unknownLabel(): AppError {
  return appError(
    'schema.unknown-label',
    'This label is not in the schema any more. Reload the label list and try again.',
  );
}

export function invalidEdit(message: string, details: Readonly<Record<string, string>> = {}): AppError {
  return appError('schema.invalid', message, details);
}

/**
 * Refuses a name that another label has. Merged labels do not hold their name: annotations that carry one count as
 * the label it was merged into, so nobody sees it any more. Retired labels hold theirs, since they can come back.
 */
export function refuseTakenName(
  schema: LabelSchema,
  name: string,
  exceptId: LabelId | null,
): AppError | null {
  const holder = schema.labels.find(
    (label) =>
      label.id !== exceptId && label.mergedIntoId === null && foldedName(label.name) === foldedName(name),
  );
  if (holder === undefined) return null;
  const state = holder.isRetired ? ', which is retired and can be restored' : '';
  return appError(
    'schema.duplicate-name',
    `There is already a label named “${holder.name}”${state}. Choose another name.`,
    { field: 'name', labelId: holder.id },
  );
}

/** Refuses a shortcut that selects another label. */
export function refuseTakenShortcut(
  schema: LabelSchema,
  shortcut: string | null,
  exceptId: LabelId | null,
): AppError | null {
  if (shortcut === null) return null;
  const holder = schema.labels.find((label) => label.id !== exceptId && label.shortcut === shortcut);
  if (holder === undefined) return null;
  return invalidEdit(
    `“${shortcut}” already selects “${holder.name}”. Choose another key or free that one first.`,
    {
      field: 'shortcut',
      labelId: holder.id,
    },
  );
}

/** The schema with other labels and the next revision number. */
export function revised(schema: LabelSchema, labels: readonly LabelDefinition[]): LabelSchema {
  return { ...schema, revision: schema.revision + 1, labels: [...labels] };
}

/** The label as its record allows it (names trimmed), or what is wrong with it and in which field. */
export function parsedLabel(label: LabelDefinition): Result<LabelDefinition> {
  const parsed = LabelDefinition.safeParse(label);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  return err(
    invalidEdit(`${field === '' ? 'The label' : `“${field}”`} is not right: ${issue?.message ?? ''}`, {
      field,
    }),
  );
}

/** Replaces one label by what `change` makes of it; the id and the class index can never change. */
export function editLabel(
  schema: LabelSchema,
  labelId: LabelId,
  change: (label: LabelDefinition) => Result<LabelDefinition>,
): Result<LabelSchema> {
  const before = schema.labels.find((label) => label.id === labelId);
  if (before === undefined) return err(unknownLabel());
  const changed = change(before);
  if (!changed.ok) return changed;
  const after = parsedLabel({ ...changed.value, id: before.id, classIndex: before.classIndex });
  if (!after.ok) return after;
  return ok(
    revised(
      schema,
      schema.labels.map((label) => (label.id === labelId ? after.value : label)),
    ),
  );
}
