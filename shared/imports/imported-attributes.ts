import { addAttribute } from '../actions/label-schema/add-attribute';
import { foldedName } from '../actions/label-schema/schema-edit';
import type { DatasetAttribute } from '../formats/format';
import type { AttributeId, IdSource, LabelId } from '../schema/ids';
import type { AttributeDefinition, AttributeValue, LabelSchema } from '../schema/label-schema';
import { AttributeValues, MOST_SELECT_OPTIONS } from './attribute-values';

/** Every annotation has these by itself; a file that names them does not make a new attribute. */
export const BUILT_IN_FLAGS: ReadonlySet<string> = new Set(['occluded', 'truncated', 'iscrowd', 'crowd']);

/** As many as a label can hold. */
const MOST_ATTRIBUTES = 100;

/** An attribute that a label needs, by the values that annotations have and what the files themselves say of it. */
export interface WantedAttribute {
  readonly labelId: LabelId;
  readonly name: string;
  readonly values: readonly AttributeValue[];
  readonly definition?: DatasetAttribute;
}

export interface AddedAttribute {
  readonly label: string;
  readonly attribute: AttributeDefinition;
}

/**
 * Adds the attributes that are wanted and the schema lacks, so that no value is dropped: true/false becomes a checkbox,
 * numbers a number, few different words a list, others text, unless the files say what it is.
 */
export function addWantedAttributes(
  schema: LabelSchema,
  wanted: readonly WantedAttribute[],
  newId: IdSource,
): { readonly schema: LabelSchema; readonly added: readonly AddedAttribute[] } {
  let result = schema;
  const added: AddedAttribute[] = [];
  for (const { labelId, name, values, definition } of wanted) {
    const label = result.labels.find((candidate) => candidate.id === labelId);
    if (label === undefined || label.attributes.length >= MOST_ATTRIBUTES) continue;
    if (label.attributes.some((own) => foldedName(own.name) === foldedName(name))) continue;
    const attribute = attributeFor(newId() as AttributeId, name, values, definition);
    const edited = addAttribute(result, { labelId, attribute });
    if (!edited.ok) continue;
    result = edited.value;
    added.push({ label: label.name, attribute });
  }
  return { schema: result, added };
}

/** As `addWantedAttributes`, of all attributes that these annotations carry, but for the flags that each has by itself. */
export function addImportedAttributes(
  schema: LabelSchema,
  annotations: readonly {
    readonly labelId: LabelId;
    readonly attributes: Readonly<Record<string, AttributeValue>>;
  }[],
  newId: IdSource,
): { readonly schema: LabelSchema; readonly added: readonly AddedAttribute[] } {
  const valuesByLabel = new Map<LabelId, Map<string, AttributeValues>>();
  for (const { labelId, attributes } of annotations) {
    for (const [name, value] of Object.entries(attributes)) {
      if (BUILT_IN_FLAGS.has(foldedName(name))) continue;
      const byName = valuesByLabel.get(labelId) ?? new Map<string, AttributeValues>();
      valuesByLabel.set(labelId, byName);
      const values = byName.get(name) ?? new AttributeValues();
      byName.set(name, values);
      values.add(value);
    }
  }
  const wanted = [...valuesByLabel].flatMap(([labelId, byName]) =>
    [...byName].map(([name, { values }]): WantedAttribute => ({ labelId, name, values })),
  );
  return addWantedAttributes(schema, wanted, newId);
}

function attributeFor(
  id: AttributeId,
  name: string,
  values: readonly AttributeValue[],
  definition: DatasetAttribute | undefined,
): AttributeDefinition {
  const base = {
    id,
    name: name.trim().slice(0, 100),
    isRequired: false,
    description: 'Came with imported labels.',
  };
  const isAll = (kind: 'boolean' | 'number') => values.every((value) => typeof value === kind);
  const kind = definition?.kind ?? (isAll('boolean') ? 'checkbox' : isAll('number') ? 'number' : 'select');
  if (kind === 'checkbox' && isAll('boolean')) return { ...base, kind, defaultValue: null };
  if (kind === 'number' && isAll('number'))
    return { ...base, kind, min: null, max: null, defaultValue: null };
  // What annotations carry belongs to the choices even where the files' own list forgets it.
  const words = [...new Set([...(definition?.options ?? []), ...values.map(String).sort()])];
  const isList =
    kind !== 'text' &&
    words.length > 0 &&
    words.length <= (definition === undefined ? MOST_SELECT_OPTIONS : 500) &&
    words.every((word) => word.length > 0 && word.length <= 200) &&
    new Set(words.map(foldedName)).size === words.length;
  return isList
    ? { ...base, kind: 'select', options: words, defaultValue: null }
    : { ...base, kind: 'text', maxLength: 10_000, defaultValue: null };
}
