import { addAttribute } from '../actions/label-schema/add-attribute';
import { foldedName } from '../actions/label-schema/schema-edit';
import type { AttributeId, IdSource, LabelId } from '../schema/ids';
import type { AttributeDefinition, AttributeValue, LabelSchema } from '../schema/label-schema';

/** Every annotation has these by itself; a file that names them does not make a new attribute. */
export const BUILT_IN_FLAGS: ReadonlySet<string> = new Set(['occluded', 'truncated', 'iscrowd', 'crowd']);

/** More different words than this read as free text, not as a list to choose from. */
const MOST_SELECT_OPTIONS = 30;
/** As many as a label can hold. */
const MOST_ATTRIBUTES = 100;

/**
 * Adds the attributes that imported annotations carry and the schema lacks, so that no value is dropped: true/false
 * becomes a checkbox, numbers a number, few different words a list, others text.
 */
export function addImportedAttributes(
  schema: LabelSchema,
  annotations: readonly {
    readonly labelId: LabelId;
    readonly attributes: Readonly<Record<string, AttributeValue>>;
  }[],
  newId: IdSource,
): {
  readonly schema: LabelSchema;
  readonly added: readonly { readonly label: string; readonly attribute: AttributeDefinition }[];
} {
  const valuesByLabel = new Map<LabelId, Map<string, Set<AttributeValue>>>();
  for (const { labelId, attributes } of annotations) {
    for (const [name, value] of Object.entries(attributes)) {
      if (BUILT_IN_FLAGS.has(foldedName(name))) continue;
      let byName = valuesByLabel.get(labelId);
      if (byName === undefined) {
        byName = new Map();
        valuesByLabel.set(labelId, byName);
      }
      const values = byName.get(name);
      if (values === undefined) byName.set(name, new Set([value]));
      // Beyond this many the kind is settled (text or number) and more values need not be kept in memory.
      else if (values.size <= MOST_SELECT_OPTIONS) values.add(value);
    }
  }

  let result = schema;
  const added: { label: string; attribute: AttributeDefinition }[] = [];
  for (const [labelId, byName] of valuesByLabel) {
    for (const [name, values] of byName) {
      const label = result.labels.find((candidate) => candidate.id === labelId);
      if (label === undefined || label.attributes.length >= MOST_ATTRIBUTES) continue;
      if (label.attributes.some((own) => foldedName(own.name) === foldedName(name))) continue;
      const attribute = attributeFor(newId() as AttributeId, name, values);
      const edited = addAttribute(result, { labelId, attribute });
      if (!edited.ok) continue;
      result = edited.value;
      added.push({ label: label.name, attribute });
    }
  }
  return { schema: result, added };
}

function attributeFor(
  id: AttributeId,
  name: string,
  values: ReadonlySet<AttributeValue>,
): AttributeDefinition {
  const base = {
    id,
    name: name.trim().slice(0, 100),
    isRequired: false,
    description: 'Came with imported labels.',
  };
  const all = [...values];
  if (all.every((value) => typeof value === 'boolean'))
    return { ...base, kind: 'checkbox', defaultValue: null };
  if (all.every((value) => typeof value === 'number')) {
    return { ...base, kind: 'number', min: null, max: null, defaultValue: null };
  }
  const words = [...new Set(all.map(String))].sort();
  const isList =
    words.length <= MOST_SELECT_OPTIONS &&
    words.every((word) => word.length > 0 && word.length <= 200) &&
    new Set(words.map(foldedName)).size === words.length;
  return isList
    ? { ...base, kind: 'select', options: words, defaultValue: null }
    : { ...base, kind: 'text', maxLength: 10_000, defaultValue: null };
}
