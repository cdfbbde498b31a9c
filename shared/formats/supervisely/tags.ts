import type { AttributeValue } from '../../schema/label-schema';
import type { Attributes } from '../format';
import { listFrom, recordFrom } from '../parts/json/json-values';
import { scoreFrom } from '../parts/records/annotation-record';
import { attributeOfTagValue, type TagType } from './project-meta';

/** The tag by which Supervisely's models say how sure they are. */
export const CONFIDENCE = 'confidence';

const LONGEST_NAME = 10_000;

export interface ReadTags {
  readonly attributes: Attributes;
  readonly score: number | null;
}

/** Tags of a picture or an object as attributes; the confidence of an object is its score. */
export function attributesOfTags(
  tags: unknown,
  tagTypes: ReadonlyMap<string, TagType>,
  onDropped: (name: string) => void,
  hasScore: boolean,
): ReadTags {
  const kept = new Map<string, AttributeValue>();
  let score: number | null = null;
  for (const tag of listFrom(tags)) {
    const { name, value } = recordFrom(tag);
    if (typeof name !== 'string' || name === '' || name.length > LONGEST_NAME) {
      onDropped(typeof name);
      continue;
    }
    const attribute = attributeOfTagValue(tagTypes.get(name), value);
    if (hasScore && name === CONFIDENCE && typeof attribute === 'number' && scoreFrom(attribute) !== null) {
      score = attribute;
    } else if (attribute === undefined || kept.has(name)) onDropped(name);
    else kept.set(name, attribute);
  }
  // fromEntries defines own properties, so a key like __proto__ stays data.
  return { attributes: Object.fromEntries(kept), score };
}

/** Gathers which kinds of values each tag has, because meta.json must say so once for all. */
export class TagKinds {
  readonly #kinds = new Map<
    string,
    { isNumber: boolean; isTrue: boolean; onImages: boolean; onObjects: boolean }
  >();

  note(attributes: Attributes, isImage: boolean): void {
    for (const [name, value] of Object.entries(attributes)) {
      const known = this.#kinds.get(name) ?? {
        isNumber: true,
        isTrue: true,
        onImages: false,
        onObjects: false,
      };
      known.isNumber &&= typeof value === 'number';
      known.isTrue &&= value === true;
      known.onImages ||= isImage;
      known.onObjects ||= !isImage;
      this.#kinds.set(name, known);
    }
  }

  /** Types by name, in code-unit order of names. */
  types(): ReadonlyMap<string, TagType> {
    const names = [...this.#kinds.keys()].sort();
    return new Map(
      names.map((name) => {
        const { isNumber = false, isTrue = false } = this.#kinds.get(name) ?? {};
        return [name, isNumber ? 'any_number' : isTrue ? 'none' : 'any_string'] as const;
      }),
    );
  }

  /** `tags` of meta.json. */
  json(): readonly unknown[] {
    return [...this.types()].map(([name, type]) => {
      const { onImages = false, onObjects = false } = this.#kinds.get(name) ?? {};
      const applicable = onImages && onObjects ? 'all' : onImages ? 'imagesOnly' : 'objectsOnly';
      return {
        name,
        value_type: type,
        color: '#808080',
        hotkey: '',
        applicable_type: applicable,
        classes: [],
      };
    });
  }
}

/** Attributes as tags of the kinds that were gathered. */
export function tagsOfAttributes(
  attributes: Attributes,
  types: ReadonlyMap<string, TagType>,
): readonly unknown[] {
  return Object.entries(attributes).map(([name, value]) => {
    const type = types.get(name);
    return { name, value: type === 'none' ? null : type === 'any_number' ? value : String(value) };
  });
}
