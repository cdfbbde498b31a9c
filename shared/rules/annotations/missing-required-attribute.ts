import { z } from 'zod';
import type { Annotation } from '../../schema/annotation';
import { resolveLabel } from '../../schema/resolve-label';
import { annotationRule, type Issue } from './annotation-rule';
import { aboutObjects, boxInside, exampleAnnotation, imageExample, SPEED, WEATHER } from './example-data';
import { fixBySettingAttribute } from './fixes';

export const missingRequiredAttribute = annotationRule({
  id: 'missing-required-attribute',
  title: 'Required attribute is missing',
  description: 'A question that must be answered for this label has no answer yet.',
  severity: 'error',
  params: z.object({}),
  defaults: {},
  evaluate(annotation, { schema }) {
    // A merged label asks what the one it was merged into asks, as in the inspector.
    const label = resolveLabel(schema, annotation.labelId);
    const issues: Issue[] = [];
    for (const attribute of label?.attributes ?? []) {
      const value = annotation.attributes[attribute.id];
      if (!attribute.isRequired || (value !== undefined && value !== '')) continue;
      const { defaultValue } = attribute;
      issues.push({
        annotationIds: [annotation.id],
        subject: attribute.id,
        message: `${attribute.name} must be given for ${label?.name ?? 'this label'}. Answer it in the inspector.`,
        fixes:
          defaultValue === null || defaultValue === ''
            ? []
            : [
                fixBySettingAttribute(
                  annotation.id,
                  attribute.id,
                  defaultValue,
                  `Set ${attribute.name} to ${defaultValue}`,
                ),
              ],
      });
    }
    return issues;
  },
  examples: {
    failing: (random) =>
      imageExample(
        [
          exampleAnnotation(1, boxInside(random), {
            attributes: random.pick<Annotation['attributes']>([{}, { [WEATHER]: '' }, { [SPEED]: 3 }]),
          }),
        ],
        [{ ...aboutObjects(1), subject: WEATHER }],
      ),
    // Even an answer that is not allowed is one: another rule speaks of it.
    passing: (random) =>
      imageExample([
        exampleAnnotation(1, boxInside(random), {
          attributes: { [WEATHER]: random.pick(['sun', 'rain', 'snow']) },
        }),
      ]),
  },
});
