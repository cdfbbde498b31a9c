import { addLabel } from '../actions/label-schema/add-label';
import { foldedName } from '../actions/label-schema/schema-edit';
import { setSkeletonTemplate } from '../actions/label-schema/set-skeleton-template';
import type { DatasetAttribute } from '../formats/format';
import type { LabelSurvey, SurveyedClass, TakeMapping } from '../ipc/channels/label-imports';
import type { IdSource, LabelId } from '../schema/ids';
import type { AttributeValue, LabelSchema } from '../schema/label-schema';
import { nextPaletteColor } from '../templates/palette';
import { AttributeValues } from './attribute-values';
import { flagOf, type ImportDecisions } from './import-decisions';
import { type AddedAttribute, addWantedAttributes, type WantedAttribute } from './imported-attributes';
import { skeletonTemplateOf } from './skeleton-template-of';

/** What an import does to the project's labels, and how annotations of the files become the project's. */
export interface LabelImportPlan {
  readonly schemaAfter: LabelSchema;
  /** What label numbers of the mapping point into. */
  readonly labelIds: readonly LabelId[];
  readonly mapping: Omit<TakeMapping, 'seed'>;
  readonly newLabels: readonly string[];
  readonly newAttributes: readonly AddedAttribute[];
  /** Values that annotations have and the project's own list of choices does not; they come in and the checks show them. */
  readonly strangeChoices: readonly {
    readonly label: string;
    readonly attribute: string;
    readonly values: readonly string[];
  }[];
  /** Classes that a person must decide on before anything can be imported. */
  readonly undecided: readonly SurveyedClass[];
  /** Annotations of classes that are left out. */
  readonly leftOut: number;
  /** What cannot be done as decided, in words. */
  readonly faults: readonly string[];
}

/**
 * Works out what decisions mean. Pure: nothing is stored, and the same input gives the same plan but for the ids of
 * new labels and attributes.
 */
export function planLabelImport(input: {
  readonly schema: LabelSchema;
  readonly survey: LabelSurvey;
  readonly decisions: ImportDecisions;
  readonly newId: IdSource;
}): LabelImportPlan {
  const { survey, decisions, newId } = input;
  const labels = decideLabels(input);
  const labelIds = [...new Set(labels.labelIdByClass.values())];
  const numberOf = new Map(labelIds.map((id, index) => [id, index]));

  const wanted = wantedAttributes(survey, decisions, labels.labelIdByClass);
  const attributed = addWantedAttributes(labels.schema, wanted, newId);
  const isChanged = attributed.schema !== input.schema;
  // However many labels and attributes an import adds, it is one change of the schema.
  const schemaAfter = isChanged
    ? { ...attributed.schema, revision: input.schema.revision + 1 }
    : input.schema;
  return {
    schemaAfter,
    labelIds,
    mapping: {
      labels: [...labels.labelIdByClass].map(([classIndex, id]) => [classIndex, numberOf.get(id) ?? 0]),
      attributes: attributeTargets(survey, decisions, labels.labelIdByClass, schemaAfter),
    },
    newLabels: labels.added,
    newAttributes: attributed.added,
    strangeChoices: strangeChoices(wanted, schemaAfter),
    undecided: survey.classes.filter((one) => decisions.classes.get(one.classIndex)?.to === 'undecided'),
    leftOut: survey.classes.reduce(
      (sum, one) => sum + (decisions.classes.get(one.classIndex)?.to === 'leave' ? one.annotations : 0),
      0,
    ),
    faults: labels.faults,
  };
}

function decideLabels({
  schema,
  survey,
  decisions,
  newId,
}: {
  readonly schema: LabelSchema;
  readonly survey: LabelSurvey;
  readonly decisions: ImportDecisions;
  readonly newId: IdSource;
}) {
  let result = schema;
  const labelIdByClass = new Map<number, LabelId>();
  const added: string[] = [];
  const faults: string[] = [];
  for (const one of survey.classes) {
    const decision = decisions.classes.get(one.classIndex) ?? { to: 'leave' };
    if (decision.to === 'label') labelIdByClass.set(one.classIndex, decision.labelId);
    if (decision.to !== 'new') continue;
    const id = newId() as LabelId;
    const colors = result.labels.map((label) => label.color);
    const ownColor = one.color === undefined || colors.includes(one.color) ? null : one.color;
    const grown = addLabel(result, {
      id,
      name: decision.name,
      color: ownColor ?? nextPaletteColor(colors),
      supercategory: one.supercategory?.slice(0, 100) ?? null,
      allowedShapes: [...(one.allowedShapes ?? [])],
    });
    if (grown.ok) {
      result = withSkeleton(grown.value, id, one, survey);
      labelIdByClass.set(one.classIndex, id);
      added.push(decision.name);
      continue;
    }
    // A name that a label has already means that label: two classes may become one.
    const holder = grown.error.details.labelId;
    if (typeof holder === 'string') labelIdByClass.set(one.classIndex, holder as LabelId);
    else faults.push(`${one.name}: ${grown.error.message}`);
  }
  return { schema: result, labelIdByClass, added, faults };
}

function withSkeleton(
  schema: LabelSchema,
  labelId: LabelId,
  one: SurveyedClass,
  survey: LabelSurvey,
): LabelSchema {
  const skeleton = skeletonTemplateOf(one, survey.samples);
  if (skeleton === null) return schema;
  const set = setSkeletonTemplate(schema, { labelId, skeleton });
  return set.ok ? set.value : schema;
}

/** By label and name, with the values of all classes that become the label. */
function wantedAttributes(
  survey: LabelSurvey,
  decisions: ImportDecisions,
  labelIdByClass: ReadonlyMap<number, LabelId>,
): readonly WantedAttribute[] {
  const definitions = definitionsByClass(survey);
  const byKey = new Map<string, { wanted: Omit<WantedAttribute, 'values'>; values: AttributeValues }>();
  for (const { classIndex, name, values } of survey.attributes) {
    const labelId = labelIdByClass.get(classIndex);
    const decision = decisions.attributes.get(name);
    if (labelId === undefined || decision?.to !== 'attribute') continue;
    const key = `${labelId}/${foldedName(decision.name)}`;
    const definition = definitions.get(classIndex)?.get(foldedName(name));
    const found = byKey.get(key) ?? {
      wanted: { labelId, name: decision.name, ...(definition === undefined ? {} : { definition }) },
      values: new AttributeValues(),
    };
    byKey.set(key, found);
    for (const value of values) found.values.note(value);
  }
  return [...byKey.values()].map(({ wanted, values }) => ({ ...wanted, values: values.values }));
}

function definitionsByClass(survey: LabelSurvey): ReadonlyMap<number, ReadonlyMap<string, DatasetAttribute>> {
  return new Map(
    survey.classes.map(({ classIndex, attributes = [] }) => [
      classIndex,
      new Map(attributes.map((attribute) => [foldedName(attribute.name), attribute])),
    ]),
  );
}

function attributeTargets(
  survey: LabelSurvey,
  decisions: ImportDecisions,
  labelIdByClass: ReadonlyMap<number, LabelId>,
  schema: LabelSchema,
): TakeMapping['attributes'] {
  return survey.attributes.flatMap(({ classIndex, name }): TakeMapping['attributes'] => {
    const decision = decisions.attributes.get(name) ?? { to: 'leave' };
    const label = schema.labels.find((one) => one.id === labelIdByClass.get(classIndex));
    if (label === undefined || decision.to === 'leave') return [];
    if (decision.to === 'flag') {
      return [{ classIndex, name, attributeId: null, kind: 'checkbox', flag: decision.flag }];
    }
    const attribute = label.attributes.find((own) => foldedName(own.name) === foldedName(decision.name));
    if (attribute === undefined) return [];
    return [{ classIndex, name, attributeId: attribute.id, kind: attribute.kind, flag: flagOf(name) }];
  });
}

function strangeChoices(
  wanted: readonly WantedAttribute[],
  schema: LabelSchema,
): LabelImportPlan['strangeChoices'] {
  return wanted.flatMap(({ labelId, name, values }) => {
    const label = schema.labels.find((one) => one.id === labelId);
    const attribute = label?.attributes.find((own) => foldedName(own.name) === foldedName(name));
    if (label === undefined || attribute?.kind !== 'select') return [];
    const known = new Set<AttributeValue>(attribute.options);
    const strange = [...new Set(values.map(String))].filter((value) => !known.has(value));
    return strange.length === 0 ? [] : [{ label: label.name, attribute: attribute.name, values: strange }];
  });
}
