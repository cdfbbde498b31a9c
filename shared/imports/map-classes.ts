import { addLabel } from '../actions/label-schema/add-label';
import type { IdSource, LabelId } from '../schema/ids';
import type { LabelDefinition, LabelSchema } from '../schema/label-schema';
import { resolveLabel } from '../schema/resolve-label';
import { nextPaletteColor } from '../templates/palette';
import { normalizedClassName, synonymsOf } from './label-synonyms';

/** A class as the file being imported knows it. */
export interface ImportedClass {
  readonly classIndex: number;
  readonly name: string;
  readonly supercategory: string | null;
}

export interface ClassMapping {
  readonly importedClass: ImportedClass;
  readonly labelId: LabelId;
  /** How the label was found; `new` when it will be added. */
  readonly how: 'name' | 'former-name' | 'synonym' | 'new';
}

/**
 * Finds the project's label for each class: by name, by a former name, by a known synonym, or as a new label. Class
 * numbers of the file are not used to find labels: two datasets number their classes differently.
 */
export function mapClasses(
  schema: LabelSchema,
  classes: readonly ImportedClass[],
  newId: IdSource,
): { readonly schemaAfter: LabelSchema; readonly mappings: readonly ClassMapping[] } {
  let schemaAfter = schema;
  const mappings = classes.map((importedClass): ClassMapping => {
    const found = findLabel(schemaAfter, importedClass.name);
    if (found !== null) return { importedClass, labelId: found.label.id, how: found.how };
    const id = newId() as LabelId;
    const name = importedClass.name.trim().slice(0, 100);
    const added = addLabel(schemaAfter, {
      id,
      name: name === '' ? `class ${importedClass.classIndex}` : name,
      color: nextPaletteColor(schemaAfter.labels.map((label) => label.color)),
      supercategory: importedClass.supercategory?.slice(0, 100) ?? null,
    });
    if (added.ok) {
      schemaAfter = added.value;
      return { importedClass, labelId: id, how: 'new' };
    }
    // Only a name that another label holds can be refused here, and then that label is the one to use.
    const holder = added.error.details.labelId;
    return { importedClass, labelId: (typeof holder === 'string' ? holder : id) as LabelId, how: 'name' };
  });
  // However many labels an import adds, it is one change of the schema.
  const isChanged = schemaAfter !== schema;
  return { schemaAfter: isChanged ? { ...schemaAfter, revision: schema.revision + 1 } : schema, mappings };
}

function findLabel(
  schema: LabelSchema,
  name: string,
): { readonly label: LabelDefinition; readonly how: ClassMapping['how'] } | null {
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
