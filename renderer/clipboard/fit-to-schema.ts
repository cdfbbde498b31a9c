import { checkAttributeValue } from '../../shared/actions/edit/check-attribute-value';
import { foldedName } from '../../shared/actions/label-schema/schema-edit';
import type { PastedAnnotation } from '../../shared/actions/paste-annotations';
import type { Annotation } from '../../shared/schema/annotation';
import type { LabelDefinition, LabelSchema } from '../../shared/schema/label-schema';
import { resolveMergedLabels } from '../../shared/schema/resolve-label';
import { SHAPES } from '../../shared/shapes';
import type { CopiedObject, CopiedObjects } from './copied-objects';

/** Copied objects as a schema can take them, and what it cannot take, in words for a person. */
export interface FittedObjects {
  readonly annotations: readonly PastedAnnotation[];
  /** Objects that have no label here, and why. */
  readonly left: readonly CopiedObject[];
  /** `no label “Van” here`: each reason with how many objects it keeps back. */
  readonly reasons: ReadonlyMap<string, number>;
  /** Answers whose attribute is not asked here, or does not take them. */
  readonly droppedAnswers: number;
}

/**
 * Finds the label of each object by id, else by name, else by a former name; attributes the same way. Nothing is made
 * that the schema does not have. `instead` labels what has none otherwise, where it allows the shape.
 */
export function fitToSchema(
  copied: CopiedObjects,
  schema: LabelSchema,
  instead: LabelDefinition | null = null,
): FittedObjects {
  const find = labelFinder(schema);
  const annotations: PastedAnnotation[] = [];
  const left: CopiedObject[] = [];
  const reasons = new Map<string, number>();
  let droppedAnswers = 0;
  for (const object of copied.objects) {
    const own = usable(find(object), object);
    const label = typeof own === 'string' && instead !== null ? usable(instead, object) : own;
    if (typeof label === 'string') {
      left.push(object);
      reasons.set(label, (reasons.get(label) ?? 0) + 1);
      continue;
    }
    const attributes = answersFor(label, object);
    droppedAnswers += object.attributes.length - Object.keys(attributes).length;
    const { note, groupId } = object;
    annotations.push({
      labelId: label.id,
      shape: object.shape,
      attributes,
      isOccluded: object.isOccluded,
      isTruncated: object.isTruncated,
      isCrowd: object.isCrowd,
      ...(note === undefined ? {} : { note }),
      ...(groupId === undefined ? {} : { groupId }),
    });
  }
  return { annotations, left, reasons, droppedAnswers };
}

function labelFinder(schema: LabelSchema): (object: CopiedObject) => LabelDefinition | null {
  const counted = resolveMergedLabels(schema);
  const byName = new Map<string, LabelDefinition>();
  const offer = (name: string, label: LabelDefinition) => {
    const key = foldedName(name);
    if (!byName.has(key)) byName.set(key, label);
  };
  // A label that can be given goes before a retired one, a name of today before one of the past.
  const labels = [...schema.labels].sort((a, b) => Number(a.isRetired) - Number(b.isRetired));
  for (const label of labels) if (label.mergedIntoId === null) offer(label.name, label);
  for (const label of labels) offer(label.name, counted.get(label.id) ?? label);
  for (const label of labels) {
    for (const name of label.formerNames) offer(name, counted.get(label.id) ?? label);
  }
  return ({ label }) => counted.get(label.id) ?? byName.get(foldedName(label.name)) ?? null;
}

/** The label, or why this object cannot have it. */
function usable(label: LabelDefinition | null, { shape, label: source }: CopiedObject) {
  if (label === null) return `no label “${source.name}” here`;
  if (label.isRetired) return `${label.name} is retired`;
  if (label.allowedShapes.length > 0 && !label.allowedShapes.includes(shape.type)) {
    return `${label.name} cannot be a ${SHAPES[shape.type].title.toLowerCase()}`;
  }
  return label;
}

function answersFor(label: LabelDefinition, object: CopiedObject): Annotation['attributes'] {
  const answers: Annotation['attributes'] = {};
  for (const { id, name, value } of object.attributes) {
    const definition =
      label.attributes.find((own) => own.id === id) ??
      label.attributes.find((own) => foldedName(own.name) === foldedName(name));
    if (definition !== undefined && checkAttributeValue(definition, value).ok) {
      answers[definition.id] = value;
    }
  }
  return answers;
}
