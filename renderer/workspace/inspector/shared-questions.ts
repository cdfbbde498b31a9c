import type { Annotation } from '../../../shared/schema/annotation';
import type { AttributeId } from '../../../shared/schema/ids';
import type { AttributeDefinition, AttributeValue, LabelSchema } from '../../../shared/schema/label-schema';
import { resolveLabel } from '../../../shared/schema/resolve-label';

/** One question that every selected object's label asks. Labels ask it under ids of their own: `parked` of car and truck. */
export interface SharedQuestion {
  readonly key: string;
  /** As the first object's label puts it. */
  readonly definition: AttributeDefinition;
  readonly ids: readonly AttributeId[];
  answerOf(annotation: Annotation): AttributeValue | null;
}

/** Two labels ask the same when name, kind and the possible answers are the same. */
function keyOf({ kind, name, ...rest }: AttributeDefinition): string {
  const options = 'options' in rest ? rest.options : [];
  const bounds = 'min' in rest ? [rest.min, rest.max] : [];
  return JSON.stringify([kind, name.toLowerCase(), options, bounds]);
}

export function sharedQuestions(
  annotations: readonly Annotation[],
  schema: LabelSchema,
): readonly SharedQuestion[] {
  const labelIds = [...new Set(annotations.map(({ labelId }) => labelId))];
  const perLabel = labelIds.map((labelId) => resolveLabel(schema, labelId)?.attributes ?? []);
  const [first = [], ...others] = perLabel;
  return first.flatMap((definition) => {
    const key = keyOf(definition);
    const same = others.flatMap((definitions) => definitions.find((other) => keyOf(other) === key) ?? []);
    if (same.length < others.length) return [];
    const ids = [definition.id, ...same.map(({ id }) => id)];
    const answerOf = (annotation: Annotation) => {
      for (const id of ids) {
        const value = annotation.attributes[id];
        if (value !== undefined) return value;
      }
      return null;
    };
    return [{ key, definition, ids, answerOf }];
  });
}
