import { foldedName } from '../actions/label-schema/schema-edit';
import {
  type LabelSurvey,
  PICTURE_CLASS,
  type SurveyedAttribute,
  type SurveyedClass,
} from '../ipc/channels/label-imports';
import type { LabelId } from '../schema/ids';
import type { LabelSchema } from '../schema/label-schema';
import { findLabel } from './map-classes';
import { isUnnamed } from './survey-labels';

/** What becomes of a class of the files. `undecided` stands where only a person can know; nothing is imported before. */
export type ClassDecision =
  | { readonly to: 'label'; readonly labelId: LabelId }
  | { readonly to: 'new'; readonly name: string }
  | { readonly to: 'leave' }
  | { readonly to: 'undecided' };

export type Flag = 'isOccluded' | 'isTruncated' | 'isCrowd';

/** What becomes of what annotations say under one name: an attribute of that name, a flag that each has, or nothing. */
export type AttributeDecision =
  | { readonly to: 'attribute'; readonly name: string }
  | { readonly to: 'flag'; readonly flag: Flag }
  | { readonly to: 'leave' };

export interface ImportDecisions {
  readonly classes: ReadonlyMap<number, ClassDecision>;
  readonly attributes: ReadonlyMap<string, AttributeDecision>;
}

/** How a label was found for a class; `unused` for classes that no annotation has. */
export type HowFound = 'name' | 'former-name' | 'synonym' | 'new' | 'unnamed' | 'unused';

const FLAGS: ReadonlyMap<string, Flag> = new Map([
  ['occluded', 'isOccluded'],
  ['truncated', 'isTruncated'],
  ['iscrowd', 'isCrowd'],
  ['crowd', 'isCrowd'],
]);

/** The flag that every annotation has by itself and that this name means; null for other names. */
export function flagOf(name: string): Flag | null {
  return FLAGS.get(foldedName(name)) ?? null;
}

/** What a person would most likely want; where that is not sure, `undecided`. */
export function suggestDecisions(schema: LabelSchema, survey: LabelSurvey): ImportDecisions {
  return {
    classes: new Map(survey.classes.map((one) => [one.classIndex, suggestedClass(schema, one)])),
    attributes: new Map(attributeNames(survey).map(({ name, all }) => [name, suggestedAttribute(name, all)])),
  };
}

function suggestedClass(schema: LabelSchema, one: SurveyedClass): ClassDecision {
  if (one.annotations === 0) return { to: 'leave' };
  const found = findLabel(schema, one.name);
  if (found !== null) return { to: 'label', labelId: found.label.id };
  const isMeant = one.classIndex !== PICTURE_CLASS && isUnnamed(one) && schema.labels.length > 0;
  return isMeant ? { to: 'undecided' } : { to: 'new', name: newLabelName(one) };
}

/** How the suggestion for a class came about. */
export function howFound(schema: LabelSchema, one: SurveyedClass): HowFound {
  if (one.annotations === 0) return 'unused';
  return findLabel(schema, one.name)?.how ?? (isUnnamed(one) ? 'unnamed' : 'new');
}

export function newLabelName({ classIndex, name }: SurveyedClass): string {
  const trimmed = name.trim().slice(0, 100).trim();
  return trimmed === '' ? `class ${classIndex}` : trimmed;
}

function suggestedAttribute(name: string, all: readonly SurveyedAttribute[]): AttributeDecision {
  const flag = flagOf(name);
  const saysYesOrNo = all.every((one) => !one.hasMoreValues && one.values.every(isYesOrNo));
  // Levels (KITTI's occlusion is 0 to 3, its truncation a fraction) say more than a flag holds.
  return flag !== null && saysYesOrNo ? { to: 'flag', flag } : { to: 'attribute', name: attributeName(name) };
}

function isYesOrNo(value: unknown): boolean {
  return (
    typeof value === 'boolean' ||
    value === 0 ||
    value === 1 ||
    /^(true|false|yes|no|0|1)$/i.test(String(value))
  );
}

export function attributeName(name: string): string {
  const trimmed = name.trim().slice(0, 100).trim();
  return trimmed === '' ? 'attribute' : trimmed;
}

/** Attributes of all classes together by name, in the order of the files. */
export function attributeNames(
  survey: LabelSurvey,
): readonly { readonly name: string; readonly all: readonly SurveyedAttribute[] }[] {
  const byName = new Map<string, SurveyedAttribute[]>();
  for (const attribute of survey.attributes) {
    const others = byName.get(attribute.name) ?? [];
    others.push(attribute);
    byName.set(attribute.name, others);
  }
  return [...byName].map(([name, all]) => ({ name, all }));
}
