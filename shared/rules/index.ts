import type { BoundRule } from './annotations/annotation-rule';
import { attributeOutOfRange } from './annotations/attribute-out-of-range';
import { boxOutsideImage } from './annotations/box-outside-image';
import { classImbalance } from './annotations/class-imbalance';
import { copyDiffers } from './annotations/copy-differs';
import { duplicateAnnotation } from './annotations/duplicate-annotation';
import { emptyAmongSimilar } from './annotations/empty-among-similar';
import { exclusiveLabelsOverlap } from './annotations/exclusive-labels-overlap';
import { extremeAspect } from './annotations/extreme-aspect';
import { fewSamples } from './annotations/few-samples';
import { missingRequiredAttribute } from './annotations/missing-required-attribute';
import { nearDuplicateAnnotation } from './annotations/near-duplicate-annotation';
import { selfCrossingPolygon } from './annotations/self-crossing-polygon';
import { shapeTooLarge } from './annotations/shape-too-large';
import { shapeTooSmall } from './annotations/shape-too-small';
import { sizeOutlier } from './annotations/size-outlier';
import { splitLeakage } from './annotations/split-leakage';
import { unknownOrRetiredLabel } from './annotations/unknown-or-retired-label';

/** Every rule over annotations by id. test/conformance/rules.test.ts holds this against the folder. */
const RULES = {
  'attribute-out-of-range': attributeOutOfRange,
  'box-outside-image': boxOutsideImage,
  'class-imbalance': classImbalance,
  'copy-differs': copyDiffers,
  'duplicate-annotation': duplicateAnnotation,
  'empty-among-similar': emptyAmongSimilar,
  'exclusive-labels-overlap': exclusiveLabelsOverlap,
  'extreme-aspect': extremeAspect,
  'few-samples': fewSamples,
  'missing-required-attribute': missingRequiredAttribute,
  'near-duplicate-annotation': nearDuplicateAnnotation,
  'self-crossing-polygon': selfCrossingPolygon,
  'shape-too-large': shapeTooLarge,
  'shape-too-small': shapeTooSmall,
  'size-outlier': sizeOutlier,
  'split-leakage': splitLeakage,
  'unknown-or-retired-label': unknownOrRetiredLabel,
} as const satisfies Record<string, BoundRule>;

export type RuleId = keyof typeof RULES;

/** The same, for code that takes any of them. */
export const ANNOTATION_RULES: Readonly<Record<RuleId, BoundRule>> = RULES;
