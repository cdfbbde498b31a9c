import type { DatasetAnnotation, DatasetAttribute, DatasetLabel, DatasetSource } from '../../format';
import type { LossTally } from '../loss-tally';
import type { AttributeKind } from '../xml/attribute-text';
import { isXmlText } from '../xml/escape-xml';
import { kindOfAttribute } from './cvat-meta';
import { isNativeAttribute } from './cvat-shape-xml';

/** A label as it is written, with all that its annotations need to have declared: CVAT drops what is not. */
export interface LabelToWrite {
  readonly name: string;
  readonly color: string | null;
  readonly allowedShapes: DatasetLabel['allowedShapes'];
  readonly attributes: readonly DatasetAttribute[];
  readonly kinds: ReadonlyMap<string, AttributeKind>;
  readonly skeleton: NonNullable<DatasetLabel['skeleton']> | null;
}

/** A label cannot have more in CVAT's forms; further ones are written and not declared. */
const MAX_DECLARED = 200;

/** By class number; labels whose names XML cannot hold are left out and counted. */
export async function labelsToWrite(
  source: DatasetSource,
  tally: LossTally,
  onAnnotation: (annotation: DatasetAnnotation) => void = () => {},
): Promise<ReadonlyMap<number, LabelToWrite>> {
  const drafts = new Map<number, Draft>();
  for await (const label of source.labels()) {
    if (label.supercategory !== null) {
      tally.add('supercategory-dropped', '', `CVAT has no place for the supercategory of ${label.name}.`);
    }
    if (label.name.trim() === '' || label.name.trim() !== label.name || !isXmlText(label.name)) {
      tally.add(
        'label-name-unusable',
        '',
        `The name ${JSON.stringify(label.name)} cannot stand in XML as it is; the label and what carries it were left out. Rename it.`,
      );
      continue;
    }
    drafts.set(label.classIndex, new Draft(label));
  }
  for await (const { image, annotations } of source.annotationsByImage()) {
    if (image.state === 'unlabelled') continue;
    for (const annotation of annotations) {
      drafts.get(annotation.classIndex)?.add(annotation);
      onAnnotation(annotation);
    }
  }
  return new Map([...drafts].map(([classIndex, draft]) => [classIndex, draft.finished()]));
}

interface Seen {
  readonly kind: AttributeKind;
  isMixed: boolean;
  min: number;
  max: number;
  isWhole: boolean;
}

class Draft {
  readonly #label: DatasetLabel;
  readonly #declared: ReadonlySet<string>;
  readonly #seen = new Map<string, Seen>();
  #joints: Set<string> | null = null;
  #edges: NonNullable<DatasetLabel['skeleton']>['edges'] = [];

  constructor(label: DatasetLabel) {
    this.#label = label;
    this.#declared = new Set((label.attributes ?? []).map(({ name }) => name));
    if (label.skeleton !== undefined) {
      this.#joints = new Set(label.skeleton.joints);
      this.#edges = label.skeleton.edges;
    }
  }

  add({ attributes, shape }: DatasetAnnotation): void {
    for (const name in attributes) {
      const value = attributes[name];
      if (value === undefined || this.#declared.has(name) || isNativeAttribute(name, value)) continue;
      const kind = typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'checkbox' : 'text';
      const number = typeof value === 'number' ? value : 0;
      const seen = this.#seen.get(name);
      if (seen === undefined) {
        if (this.#seen.size < MAX_DECLARED && isXmlText(name) && name !== '' && name.length <= 200) {
          const isWhole = Number.isInteger(number);
          this.#seen.set(name, { kind, isMixed: false, min: number, max: number, isWhole });
        }
        continue;
      }
      if (seen.kind !== kind) seen.isMixed = true;
      if (number < seen.min) seen.min = number;
      if (number > seen.max) seen.max = number;
      if (!Number.isInteger(number)) seen.isWhole = false;
    }
    if (shape.type !== 'skeleton') return;
    if (this.#joints === null) {
      this.#joints = new Set(shape.joints.map(({ name }) => name));
      this.#edges = shape.edges;
    } else for (const { name } of shape.joints) this.#joints.add(name);
  }

  finished(): LabelToWrite {
    const { name, color, allowedShapes, attributes: given = [] } = this.#label;
    const attributes: DatasetAttribute[] = [
      ...given.filter((attribute) => isXmlText(attribute.name) && attribute.options.every(isXmlText)),
      ...[...this.#seen].map(([attribute, seen]): DatasetAttribute => {
        const kind = seen.isMixed ? 'text' : seen.kind;
        return {
          name: attribute,
          kind,
          // For numbers CVAT wants the least, the greatest and the step in this place.
          options: kind === 'number' ? rangeOf(seen) : [],
          defaultValue: kind === 'checkbox' ? false : kind === 'number' ? Math.floor(seen.min) : null,
        };
      }),
    ];
    return {
      name,
      color: color ?? null,
      allowedShapes,
      attributes,
      kinds: new Map(attributes.map((attribute) => [attribute.name, kindOfAttribute(attribute)])),
      skeleton: this.#joints === null ? null : { joints: [...this.#joints], edges: this.#edges },
    };
  }
}

function rangeOf({ min, max, isWhole }: Seen): readonly string[] {
  return [`${Math.floor(min)}`, `${Math.ceil(max)}`, isWhole ? '1' : '0.01'];
}
