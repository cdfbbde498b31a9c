import { foldedName } from '../actions/label-schema/schema-edit';
import { sha256OfText } from '../document/hash';
import type { Attributes, DatasetAnnotation } from '../formats/format';
import type { TakeMapping } from '../ipc/channels/label-imports';
import type { AttributeId } from '../schema/ids';
import type { ImportedAnnotation } from '../schema/imported-annotation';
import type { AttributeValue } from '../schema/label-schema';
import type { Shape } from '../schema/shapes';

type Target = TakeMapping['attributes'][number];

const LONGEST_NOTE = 2000;
const LONGEST_TEXT = 10_000;

/** Annotations of a dataset as they are stored, by the mapping that a person agreed to. */
export class AnnotationTaker {
  readonly #labels: ReadonlyMap<number, number>;
  readonly #attributes = new Map<number, Map<string, Target>>();
  readonly #seed: string;
  /** Tracks run through many pictures; their ids are made once. */
  readonly #tracks = new Map<string, string>();

  constructor(mapping: TakeMapping) {
    this.#labels = new Map(mapping.labels);
    this.#seed = mapping.seed;
    for (const target of mapping.attributes) {
      const ofClass = this.#attributes.get(target.classIndex) ?? new Map<string, Target>();
      ofClass.set(target.name, target);
      this.#attributes.set(target.classIndex, ofClass);
    }
  }

  /** Null when its class is left out. `sequence` is that of the picture, for tracks; null when it has none. */
  take(annotation: DatasetAnnotation, shape: Shape, sequence: string | null): ImportedAnnotation | null {
    const label = this.#labels.get(annotation.classIndex);
    if (label === undefined) return null;
    const { isCrowd, score, note, groupId, trackId, isKeyframe, isOutside } = annotation;
    const { attributes, flags } = this.#answers(annotation.classIndex, annotation.attributes);
    const text = note?.trim().slice(0, LONGEST_NOTE) ?? '';
    return {
      label,
      shape,
      ...(attributes === null ? {} : { attributes }),
      ...(flags.has('isOccluded') ? { isOccluded: true as const } : {}),
      ...(flags.has('isTruncated') ? { isTruncated: true as const } : {}),
      ...(isCrowd || flags.has('isCrowd') ? { isCrowd: true as const } : {}),
      ...(score !== null && score >= 0 && score <= 1 ? { score } : {}),
      ...(text === '' ? {} : { note: text }),
      ...(groupId === undefined ? {} : { groupId: this.#idOf(['group', annotation.imageKey, groupId]) }),
      ...(trackId === undefined ? {} : { trackId: this.#trackIdOf(sequence, trackId) }),
      ...(trackId === undefined || isKeyframe === undefined ? {} : { isKeyframe }),
      ...(trackId !== undefined && isOutside === true ? { isOutside } : {}),
    };
  }

  #answers(
    classIndex: number,
    values: Attributes,
  ): {
    readonly attributes: Record<AttributeId, AttributeValue> | null;
    readonly flags: ReadonlySet<Target['flag']>;
  } {
    const flags = new Set<Target['flag']>();
    let attributes: Record<AttributeId, AttributeValue> | null = null;
    const targets = this.#attributes.get(classIndex);
    if (targets === undefined) return { attributes, flags };
    for (const name of Object.keys(values)) {
      const value = values[name];
      const target = targets.get(name);
      if (value === undefined || target === undefined) continue;
      if (target.flag !== null && isSaid(value)) flags.add(target.flag);
      if (target.attributeId === null) continue;
      const answer = answerOf(value, target.kind);
      if (answer === null) continue;
      attributes ??= {};
      attributes[target.attributeId] = answer;
    }
    return { attributes, flags };
  }

  #trackIdOf(sequence: string | null, trackId: string): string {
    const key = `${sequence ?? ''}\n${trackId}`;
    const known = this.#tracks.get(key);
    if (known !== undefined) return known;
    const made = this.#idOf(['track', sequence ?? '', trackId]);
    this.#tracks.set(key, made);
    return made;
  }

  /** A UUID (version 8, made from a hash) that is the same for the same parts. */
  #idOf(parts: readonly string[]): string {
    const hex = sha256OfText(JSON.stringify([this.#seed, ...parts]));
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  }
}

/** The answer that a value is for an attribute of this kind; null when it is none. */
function answerOf(value: AttributeValue, kind: Target['kind']): AttributeValue | null {
  switch (kind) {
    case 'checkbox':
      return typeof value === 'boolean' ? value : isSaid(value);
    case 'number': {
      const number = Number(value);
      return Number.isFinite(number) && value !== '' ? number : String(value).slice(0, LONGEST_TEXT);
    }
    default:
      return String(value).slice(0, LONGEST_TEXT);
  }
}

/** Yes, in the ways that files say it; levels above zero (KITTI's occlusion) say it too. */
function isSaid(value: AttributeValue): boolean {
  if (typeof value === 'number') return value > 0;
  return value === true || ['true', 'yes', '1'].includes(foldedName(String(value)));
}
