import type { Annotation } from '../../schema/annotation';
import type { LabelId } from '../../schema/ids';
import type { LabelDefinition, LabelSchema } from '../../schema/label-schema';

/** `Car` for one object, `3 objects` for more. */
export function describeObjects(annotations: readonly Annotation[], schema: LabelSchema): string {
  const [only] = annotations;
  if (only === undefined || annotations.length > 1) return `${annotations.length} objects`;
  return findLabel(schema, only.labelId)?.name ?? 'object';
}

export function findLabel(schema: LabelSchema, id: LabelId): LabelDefinition | undefined {
  return schema.labels.find((label) => label.id === id);
}
