import type { LabelDefinition, LabelSchema } from '../schema/label-schema';
import { resolveLabel } from '../schema/resolve-label';
import { normalizedClassName, synonymsOf } from './label-synonyms';

/** A class as the file being imported knows it. */
export interface ImportedClass {
  readonly classIndex: number;
  readonly name: string;
  readonly supercategory: string | null;
}

/**
 * The project's label for a class: by name, by a former name, by a known synonym, or none. Class numbers of the file
 * are not used to find labels: two datasets number their classes differently.
 */
export function findLabel(
  schema: LabelSchema,
  name: string,
): { readonly label: LabelDefinition; readonly how: 'name' | 'former-name' | 'synonym' } | null {
  const normalized = normalizedClassName(name);
  const byName = schema.labels.find((label) => normalizedClassName(label.name) === normalized);
  if (byName !== undefined) return { label: resolved(schema, byName), how: 'name' };
  const byFormerName = schema.labels.find((label) =>
    label.formerNames.some((former) => normalizedClassName(former) === normalized),
  );
  if (byFormerName !== undefined) return { label: resolved(schema, byFormerName), how: 'former-name' };
  for (const synonym of synonymsOf(name)) {
    const bySynonym = schema.labels.find(
      (label) => !label.isRetired && normalizedClassName(label.name) === synonym,
    );
    if (bySynonym !== undefined) return { label: resolved(schema, bySynonym), how: 'synonym' };
  }
  return null;
}

function resolved(schema: LabelSchema, label: LabelDefinition): LabelDefinition {
  return resolveLabel(schema, label.id) ?? label;
}
