import { derivedId } from '../../document/derived-id';
import type { AttributeId, LabelId } from '../../schema/ids';
import type {
  AttributeDefinition,
  AttributeValue,
  LabelDefinition,
  LabelSchema,
} from '../../schema/label-schema';
import { paletteColor } from '../../templates/palette';
import type { Attributes, DatasetAttribute, DatasetLabel } from '../format';

/** More different words than this read as free text, not as a list to choose from. */
const MOST_SELECT_OPTIONS = 30;
const LONGEST_NAME = 100;
const LONGEST_OPTION = 200;

/** Which attributes the annotations of each class carry, collected in one pass; a few values of each are kept. */
export class AttributesInUse {
  readonly #byClass = new Map<number, Map<string, Set<AttributeValue>>>();

  add(classIndex: number, attributes: Attributes): void {
    for (const name of Object.keys(attributes)) {
      const value = attributes[name];
      if (value === undefined || isFlag(name, value)) continue;
      let byName = this.#byClass.get(classIndex);
      if (byName === undefined) {
        byName = new Map();
        this.#byClass.set(classIndex, byName);
      }
      const values = byName.get(name);
      if (values === undefined) byName.set(name, new Set([value]));
      else if (values.size <= MOST_SELECT_OPTIONS) values.add(value);
    }
  }

  of(classIndex: number): ReadonlyMap<string, ReadonlySet<AttributeValue>> {
    return this.#byClass.get(classIndex) ?? new Map();
  }
}

/** Set flags have a field of their own in a project; any other value stays an attribute. */
export function isFlag(name: string, value: AttributeValue): boolean {
  return (name === 'occluded' || name === 'truncated') && value === true;
}

/** Whether a project can hold a name as it is. */
export function isProjectName(name: string): boolean {
  return name !== '' && name.length <= LONGEST_NAME && name.trim() === name;
}

/** The label schema of a project that is made from a dataset; ids depend on `seed` and the numbers and names alone. */
export function schemaOfDataset(
  seed: string,
  labels: readonly DatasetLabel[],
  inUse: AttributesInUse,
): LabelSchema {
  const definitions = labels.map((label): LabelDefinition => {
    const { classIndex, supercategory, color, skeleton, allowedShapes } = label;
    return {
      id: derivedId(seed, 'label', String(classIndex)) as LabelId,
      classIndex,
      name: label.name.trim().slice(0, LONGEST_NAME).trim() || `class ${classIndex}`,
      color: color ?? paletteColor(classIndex),
      shortcut: null,
      allowedShapes: [...(allowedShapes ?? [])],
      description: '',
      attributes: attributesOf(seed, label, inUse.of(classIndex)),
      isRetired: false,
      mergedIntoId: null,
      formerNames: [],
      supercategory: supercategory?.slice(0, LONGEST_NAME) ?? null,
      ...(skeleton === undefined || skeleton.joints.length === 0
        ? {}
        : { skeleton: { joints: joinedRound(skeleton.joints), edges: skeleton.edges } }),
    };
  });
  const highest = labels.reduce((most, label) => Math.max(most, label.classIndex), -1);
  return { revision: 0, nextClassIndex: highest + 1, labels: definitions };
}

/** The id that an attribute of a class has in a project made from this seed. */
export function attributeIdOf(seed: string, classIndex: number, name: string): AttributeId {
  return derivedId(seed, 'attribute', String(classIndex), name) as AttributeId;
}

function attributesOf(
  seed: string,
  { classIndex, attributes = [] }: DatasetLabel,
  used: ReadonlyMap<string, ReadonlySet<AttributeValue>>,
): AttributeDefinition[] {
  const declared = new Map(attributes.map((attribute) => [attribute.name, attribute]));
  return [...new Set([...declared.keys(), ...used.keys()])].filter(isProjectName).map((name) => {
    const base = { id: attributeIdOf(seed, classIndex, name), name, isRequired: false, description: '' };
    const asDeclared = declared.get(name);
    return (
      (asDeclared === undefined ? null : declaredDefinition(base, asDeclared)) ??
      inferredDefinition(base, [...(used.get(name) ?? [])])
    );
  });
}

type DefinitionBase = Pick<AttributeDefinition, 'id' | 'name' | 'isRequired' | 'description'>;

/** Null when what the dataset says of the attribute makes no question. */
function declaredDefinition(base: DefinitionBase, declared: DatasetAttribute): AttributeDefinition | null {
  const { kind, defaultValue } = declared;
  if (kind === 'checkbox') {
    return { ...base, kind, defaultValue: typeof defaultValue === 'boolean' ? defaultValue : null };
  }
  if (kind === 'number') {
    return {
      ...base,
      kind,
      min: null,
      max: null,
      defaultValue: typeof defaultValue === 'number' ? defaultValue : null,
    };
  }
  const text = typeof defaultValue === 'string' ? defaultValue : null;
  if (kind === 'text') return { ...base, kind, maxLength: 10_000, defaultValue: text };
  return areOptions(declared.options)
    ? {
        ...base,
        kind,
        options: [...declared.options],
        defaultValue: text !== null && declared.options.includes(text) ? text : null,
      }
    : null;
}

function inferredDefinition(base: DefinitionBase, values: readonly AttributeValue[]): AttributeDefinition {
  if (values.length > 0 && values.every((value) => typeof value === 'boolean')) {
    return { ...base, kind: 'checkbox', defaultValue: null };
  }
  if (values.length > 0 && values.every((value) => typeof value === 'number')) {
    return { ...base, kind: 'number', min: null, max: null, defaultValue: null };
  }
  const words = [...new Set(values.map(String))].sort();
  return words.length <= MOST_SELECT_OPTIONS && areOptions(words)
    ? { ...base, kind: 'select', options: words, defaultValue: null }
    : { ...base, kind: 'text', maxLength: 10_000, defaultValue: null };
}

function areOptions(words: readonly string[]): boolean {
  return (
    words.length > 0 &&
    words.length <= 500 &&
    words.every((word) => word !== '' && word.length <= LONGEST_OPTION)
  );
}

/** A dataset names joints and says not where a new skeleton has them: they stand on a circle until someone places them. */
function joinedRound(names: readonly string[]) {
  return names.map((name, at) => {
    const turn = (2 * Math.PI * at) / names.length;
    return { name, x: 0.5 + 0.45 * Math.sin(turn), y: 0.5 - 0.45 * Math.cos(turn) };
  });
}
