import type { AttributeValue } from '../../schema/label-schema';
import type { DatasetAnnotation, DatasetAttribute } from '../format';
import { attributesFrom, isRecord, type JsonRecord, recordFrom } from '../parts/json/json-values';

/** The region attribute that this app writes the class into, and what else is no attribute there. */
export const CLASS_ATTRIBUTE = 'label';
export const OWN_ATTRIBUTES = new Set([CLASS_ATTRIBUTE, 'score', 'iscrowd', 'group_id', 'note']);

/** VIA has no classes; people call the attribute that names them one of these. In order of how sure the name is. */
const USUAL_NAMES = [
  ...['label', 'class', 'category', 'class_name', 'label_name', 'classname', 'labels', 'classes'],
  ...['name', 'object', 'object_name', 'type', 'species'],
];

/** A free text with more values than this is no class. */
const MOST_VALUES = 2_000;
const MOST_NAMES = 100;

export interface ClassAttribute {
  readonly name: string;
  /** True when no name and no count told, so that a person should look. */
  readonly isGuess: boolean;
}

/** Gathers what region attributes hold in one file, to tell which of them is the class. */
export class RegionAttributes {
  readonly #values = new Map<string, { regions: number; readonly values: Set<string> }>();
  readonly #definitions = new Map<
    string,
    { readonly attribute: DatasetAttribute; readonly values: readonly string[] }
  >();

  /** Takes the "region" part of `_via_attributes`. */
  define(region: unknown): void {
    for (const [name, value] of Object.entries(recordFrom(region)).slice(0, MOST_NAMES)) {
      const { type, options, default_options } = recordFrom(value);
      const values = Object.keys(recordFrom(options)).slice(0, MOST_VALUES);
      const chosen = Object.entries(recordFrom(default_options)).find(
        ([, isChosen]) => isChosen === true,
      )?.[0];
      const isSelect = type === 'dropdown' || type === 'radio';
      this.#definitions.set(name, {
        values,
        attribute: {
          name,
          kind: isSelect ? 'select' : 'text',
          options: isSelect ? values.filter((option) => option !== '').slice(0, 500) : [],
          defaultValue: isSelect ? (chosen ?? null) : null,
        },
      });
    }
  }

  count(regionAttributes: unknown): void {
    for (const [name, value] of Object.entries(recordFrom(regionAttributes))) {
      let known = this.#values.get(name);
      if (known === undefined) {
        if (this.#values.size >= MOST_NAMES) continue;
        known = { regions: 0, values: new Set() };
        this.#values.set(name, known);
      }
      const classes = classesOf(value);
      if (classes.length > 0) known.regions += 1;
      for (const one of classes) if (known.values.size <= MOST_VALUES) known.values.add(one);
    }
  }

  /** The attribute that is the class; null when the regions of the file have none that could be. */
  classAttribute(): ClassAttribute | null {
    const candidates = [...this.#values].filter(
      ([, { regions, values }]) => regions > 0 && values.size <= MOST_VALUES,
    );
    // A project without regions yet still lists its classes.
    const asked = [...this.#definitions].filter(([, { values }]) => values.length > 0);
    const names = [...candidates, ...asked].map(([name]) => name);
    for (const usual of USUAL_NAMES) {
      const found =
        names.find((name) => name === usual) ?? names.find((name) => name.toLowerCase() === usual);
      if (found !== undefined) return { name: found, isGuess: false };
    }
    const [first, second] = [...candidates].sort(([, a], [, b]) => b.regions - a.regions);
    return first === undefined ? null : { name: first[0], isGuess: second !== undefined };
  }

  /** Class names in the order of the attribute's options, and those that regions have beside them. */
  classNames(name: string): { readonly declared: readonly string[]; readonly found: Iterable<string> } {
    return {
      declared: this.#definitions.get(name)?.values ?? [],
      found: this.#values.get(name)?.values ?? [],
    };
  }

  /** What else is asked of each region. */
  questions(className: string | null): readonly DatasetAttribute[] {
    return [...this.#definitions.values()]
      .map(({ attribute }) => attribute)
      .filter(({ name }) => name !== className && !OWN_ATTRIBUTES.has(name));
  }
}

/** The classes that a value names: a text, or the options of a checkbox that are set. */
export function classesOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value];
  if (typeof value === 'number') return [String(value)];
  if (!isRecord(value)) return [];
  return Object.keys(value).filter((option) => value[option] === true && option.trim() !== '');
}

export type RegionDetails = Pick<DatasetAnnotation, 'attributes' | 'score' | 'isCrowd' | 'groupId' | 'note'>;

/**
 * Everything of "region_attributes" beside the class. A checkbox gives one attribute an option, `name/option`.
 *
 * @param onDropped hears the names of what is no text, number, true or false.
 */
export function regionDetails(
  regionAttributes: JsonRecord,
  className: string | null,
  onDropped: (name: string) => void,
): RegionDetails {
  const given: [string, unknown][] = [];
  let score: number | null = null;
  let isCrowd = false;
  let groupId: string | undefined;
  let note: string | undefined;
  for (const [name, value] of Object.entries(regionAttributes)) {
    if (name === className) continue;
    if (name === 'score' && typeof value === 'number' && value >= 0 && value <= 1) score = value + 0;
    else if (name === 'iscrowd' && (value === true || value === 1)) isCrowd = true;
    else if (name === 'group_id' && isId(value)) groupId = String(value);
    else if (name === 'note' && typeof value === 'string' && value.length <= 10_000)
      note = value === '' ? undefined : value;
    else if (isRecord(value)) {
      for (const [option, isSet] of Object.entries(value)) given.push([`${name}/${option}`, isSet]);
    } else given.push([name, value]);
  }
  const attributes: Readonly<Record<string, AttributeValue>> = attributesFrom(
    Object.fromEntries(given),
    onDropped,
  );
  return {
    attributes,
    score,
    isCrowd,
    ...(groupId === undefined ? {} : { groupId }),
    ...(note === undefined ? {} : { note }),
  };
}

function isId(value: unknown): boolean {
  return (typeof value === 'string' && value !== '' && value.length <= 1_000) || Number.isSafeInteger(value);
}
