import { z } from 'zod';
import type { Random } from '../../random/random';
import type { Annotation } from '../../schema/annotation';
import type { AttributeId } from '../../schema/ids';
import type { AttributeDefinition, AttributeValue } from '../../schema/label-schema';
import { resolveLabel } from '../../schema/resolve-label';
import { annotationRule, type ImageExample, type Issue } from './annotation-rule';
import {
  aboutObjects,
  boxInside,
  exampleAnnotation,
  imageExample,
  NOTE,
  PARKED,
  SPEED,
  WEATHER,
} from './example-data';
import { fixBySettingAttribute } from './fixes';

export const attributeOutOfRange = annotationRule({
  id: 'attribute-out-of-range',
  title: 'Attribute value is not allowed',
  description: 'A value that the label schema does not allow, e.g. from an import or an earlier schema.',
  severity: 'error',
  params: z.object({}),
  defaults: {},
  evaluate(annotation, { schema }) {
    // A merged label asks what the one it was merged into asks, as in the inspector.
    const label = resolveLabel(schema, annotation.labelId);
    const issues: Issue[] = [];
    for (const attribute of label?.attributes ?? []) {
      const value = annotation.attributes[attribute.id];
      // An empty text is no answer; whether one is needed is another rule's question.
      if (value === undefined || value === '') continue;
      const verdict = judge(attribute, value);
      if (verdict === null) continue;
      const { mended } = verdict;
      issues.push({
        annotationIds: [annotation.id],
        subject: attribute.id,
        message: `${attribute.name} is ${shown(value)}, but ${verdict.reason}. Choose an allowed value.`,
        fixes: [
          fixBySettingAttribute(
            annotation.id,
            attribute.id,
            mended,
            mended === null ? `Clear ${attribute.name}` : `Set ${attribute.name} to ${shown(mended)}`,
          ),
        ],
      });
    }
    return issues;
  },
  examples: {
    failing: (random) => {
      const [attribute, values] = random.pick<Case>([
        [WEATHER, { [WEATHER]: 'snow' }],
        [SPEED, { [WEATHER]: 'sun', [SPEED]: random.between(131, 500) }],
        [SPEED, { [WEATHER]: 'sun', [SPEED]: -random.between(0.5, 9) }],
        [SPEED, { [WEATHER]: 'sun', [SPEED]: 'fast' }],
        [NOTE, { [WEATHER]: 'sun', [NOTE]: 'too long' }],
        [PARKED, { [WEATHER]: 'sun', [PARKED]: 'yes' }],
      ]);
      return exampleWith(random, values, [{ ...aboutObjects(1), subject: attribute }]);
    },
    passing: (random) =>
      exampleWith(random, {
        [WEATHER]: random.pick(['sun', 'rain']),
        [SPEED]: random.pick([0, 130]),
        [NOTE]: random.pick(['', 'five!']),
        [PARKED]: random.chance(0.5),
      }),
  },
});

type Case = readonly [attribute: AttributeId, values: Annotation['attributes']];

function exampleWith(
  random: Random,
  attributes: Annotation['attributes'],
  expected: ImageExample['expected'] = [],
) {
  return imageExample([exampleAnnotation(1, boxInside(random), { attributes })], expected);
}

/** What is wrong with a value and the nearest allowed one (null: none is near); null when it is allowed. */
function judge(
  attribute: AttributeDefinition,
  value: AttributeValue,
): { readonly reason: string; readonly mended: AttributeValue | null } | null {
  switch (attribute.kind) {
    case 'checkbox':
      return typeof value === 'boolean' ? null : { reason: 'it takes yes or no', mended: null };
    case 'select':
      return typeof value === 'string' && attribute.options.includes(value)
        ? null
        : { reason: `it takes one of ${attribute.options.slice(0, 8).join(', ')}`, mended: null };
    case 'text':
      if (typeof value !== 'string') return { reason: 'it takes a text', mended: null };
      return value.length <= attribute.maxLength
        ? null
        : {
            reason: `it takes at most ${attribute.maxLength} characters`,
            mended: value.slice(0, attribute.maxLength),
          };
    case 'number':
      if (typeof value !== 'number') return { reason: 'it takes a number', mended: null };
      if (attribute.min !== null && value < attribute.min) {
        return { reason: `the least is ${attribute.min}`, mended: attribute.min };
      }
      return attribute.max !== null && value > attribute.max
        ? { reason: `the most is ${attribute.max}`, mended: attribute.max }
        : null;
  }
}

function shown(value: AttributeValue): string {
  const text = typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
