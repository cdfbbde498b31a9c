import { ok, type Result } from '../../result/result';
import type { LabelId } from '../../schema/ids';
import type { AttributeDefinition, LabelDefinition, LabelSchema } from '../../schema/label-schema';
import { foldedName, parsedLabel, revised, type SchemaEdit } from './schema-edit';

/**
 * Takes over the labels of another schema, e.g. one read from a file. A label found by id or else by name keeps its id
 * and class index here and gets the other's looks and attributes; the rest are appended, under their own class index
 * where that was never given here. Labels that only this schema has stay as they are.
 */
export const adoptSchema: SchemaEdit<{ readonly adopted: LabelSchema }> = (schema, { adopted }) => {
  const labels: LabelDefinition[] = [...schema.labels];
  const idHere = new Map<LabelId, LabelId>();
  let nextClassIndex = schema.nextClassIndex;

  for (const theirs of adopted.labels) {
    const at = placeOf(labels, theirs);
    const ours = labels[at];
    const merged: Result<LabelDefinition> =
      ours === undefined
        ? parsedLabel({
            ...theirs,
            classIndex: Math.max(theirs.classIndex, nextClassIndex),
          })
        : parsedLabel(withLooksOf(ours, theirs, labels));
    if (!merged.ok) return merged;
    const label = {
      ...merged.value,
      shortcut: freeShortcut(labels, merged.value),
      mergedIntoId: ours?.mergedIntoId ?? null,
    };
    idHere.set(theirs.id, label.id);
    if (ours === undefined) {
      labels.push(label);
      nextClassIndex = Math.max(nextClassIndex, label.classIndex + 1);
    } else {
      labels[at] = label;
    }
  }
  const linked = labels.map((label) => withMergeOf(label, adopted, idHere, schema));
  return ok({ ...revised(schema, linked), nextClassIndex });
};

function placeOf(labels: readonly LabelDefinition[], theirs: LabelDefinition): number {
  const byId = labels.findIndex((label) => label.id === theirs.id);
  if (byId >= 0) return byId;
  return labels.findIndex(
    (label) => label.mergedIntoId === null && foldedName(label.name) === foldedName(theirs.name),
  );
}

function withLooksOf(
  ours: LabelDefinition,
  theirs: LabelDefinition,
  labels: readonly LabelDefinition[],
): LabelDefinition {
  const isNameFree = !labels.some(
    (label) => label.id !== ours.id && foldedName(label.name) === foldedName(theirs.name),
  );
  const isRenamed = isNameFree && theirs.name !== ours.name;
  return {
    ...ours,
    name: isRenamed ? theirs.name : ours.name,
    formerNames: isRenamed ? [...ours.formerNames, ours.name].slice(-100) : ours.formerNames,
    color: theirs.color,
    shortcut: theirs.shortcut ?? ours.shortcut,
    allowedShapes: theirs.allowedShapes,
    description: theirs.description === '' ? ours.description : theirs.description,
    supercategory: theirs.supercategory ?? ours.supercategory,
    attributes: mergedAttributes(ours.attributes, theirs.attributes),
  };
}

/** Theirs replace ours of the same id or the same name and kind (keeping our id, under which answers are stored). */
function mergedAttributes(
  ours: readonly AttributeDefinition[],
  theirs: readonly AttributeDefinition[],
): AttributeDefinition[] {
  const result = [...ours];
  for (const attribute of theirs) {
    const at = result.findIndex(
      (own) => own.id === attribute.id || foldedName(own.name) === foldedName(attribute.name),
    );
    const own = result[at];
    if (own === undefined) result.push(attribute);
    else if (own.kind === attribute.kind) result[at] = { ...attribute, id: own.id };
  }
  return result;
}

function freeShortcut(labels: readonly LabelDefinition[], label: LabelDefinition): string | null {
  const isTaken = labels.some((other) => other.id !== label.id && other.shortcut === label.shortcut);
  return isTaken || label.isRetired || label.mergedIntoId !== null ? null : label.shortcut;
}

/** Merges recorded in the other schema hold here for labels that came with it; they cannot meet one of ours in a circle. */
function withMergeOf(
  label: LabelDefinition,
  adopted: LabelSchema,
  idHere: ReadonlyMap<LabelId, LabelId>,
  before: LabelSchema,
): LabelDefinition {
  if (before.labels.some((own) => own.id === label.id)) return label;
  const theirs = adopted.labels.find((candidate) => candidate.id === label.id);
  const into =
    theirs === undefined || theirs.mergedIntoId === null ? undefined : idHere.get(theirs.mergedIntoId);
  return into === undefined || into === label.id ? label : { ...label, mergedIntoId: into };
}
