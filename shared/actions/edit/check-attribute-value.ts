import { appError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type { AttributeDefinition, AttributeValue } from '../../schema/label-schema';

/** The value when it answers the question, or what would. */
export function checkAttributeValue(
  definition: AttributeDefinition,
  value: AttributeValue,
): Result<AttributeValue> {
  const refuse = (need: string) =>
    err(appError('schema.invalid', `${definition.name} ${need}.`, { attributeId: definition.id }));
  switch (definition.kind) {
    case 'select':
      if (typeof value === 'string' && definition.options.includes(value)) return ok(value);
      return refuse(`must be one of ${definition.options.join(', ')}`);
    case 'checkbox':
      return typeof value === 'boolean' ? ok(value) : refuse('is either ticked or not');
    case 'number': {
      if (typeof value !== 'number' || !Number.isFinite(value)) return refuse('must be a number');
      if (definition.min !== null && value < definition.min)
        return refuse(`must be at least ${definition.min}`);
      if (definition.max !== null && value > definition.max)
        return refuse(`must be at most ${definition.max}`);
      return ok(value);
    }
    case 'text':
      if (typeof value === 'string' && value.length <= definition.maxLength) return ok(value);
      return refuse(`must be text of at most ${definition.maxLength} characters`);
  }
}
