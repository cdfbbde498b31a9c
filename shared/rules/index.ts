import { attributeOutOfRange } from './attribute-out-of-range';
import { boxOutsideImage } from './box-outside-image';
import { duplicateAnnotation } from './duplicate-annotation';
import { missingRequiredAttribute } from './missing-required-attribute';
import type { BoundRule } from './rule';
import { shapeTooSmall } from './shape-too-small';
import { unknownOrRetiredLabel } from './unknown-or-retired-label';

/** Every rule by id. test/conformance/rules.test.ts holds this against the folder. */
export const RULES = {
  'attribute-out-of-range': attributeOutOfRange,
  'box-outside-image': boxOutsideImage,
  'duplicate-annotation': duplicateAnnotation,
  'missing-required-attribute': missingRequiredAttribute,
  'shape-too-small': shapeTooSmall,
  'unknown-or-retired-label': unknownOrRetiredLabel,
} as const satisfies Record<string, BoundRule>;

export type RuleId = keyof typeof RULES;
