import { z } from 'zod';
import { resolveLabel } from '../schema/resolve-label';
import { fixBySettingAttribute } from './fixes';
import { defineRule, type Issue } from './rule';

export const missingRequiredAttribute = defineRule({
  id: 'missing-required-attribute',
  title: 'Required attribute is missing',
  description: 'A question that must be answered for this label has no answer yet.',
  scope: 'annotation',
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
});
