import { z } from 'zod';
import { relabelAnnotations } from '../../actions/relabel-annotations';
import type { LabelId } from '../../schema/ids';
import type { LabelDefinition, LabelSchema } from '../../schema/label-schema';
import { annotationRule, type Fix } from './annotation-rule';
import {
  aboutObjects,
  boxInside,
  EXAMPLE_CAR,
  EXAMPLE_OLD,
  EXAMPLE_PERSON,
  exampleAnnotation,
  imageExample,
} from './example-data';
import { fixByDeleting } from './fixes';

export const unknownOrRetiredLabel = annotationRule({
  id: 'unknown-or-retired-label',
  title: 'Label is not in use',
  description: 'A label that the project does not know cannot be exported; a retired one should not spread.',
  severity: 'warning',
  params: z.object({}),
  defaults: {},
  evaluate(annotation, { schema }) {
    const label = schema.labels.find((candidate) => candidate.id === annotation.labelId);
    if (label === undefined) {
      return [
        {
          annotationIds: [annotation.id],
          subject: '',
          message: 'Its label is not in the project. Give it another label or delete it.',
          fixes: [fixByDeleting(annotation.id, 'Delete it')],
        },
      ];
    }
    // A merged label counts as its target everywhere; that is what merging is for.
    if (!label.isRetired || label.mergedIntoId !== null) return [];
    const successor = namesake(schema, label);
    const relabel = (to: LabelId, name: string): Fix => ({
      id: 'relabel',
      label: `Relabel as ${name}`,
      run: (document, context) =>
        relabelAnnotations.run(document, { ids: [annotation.id], labelId: to }, context),
    });
    return [
      {
        annotationIds: [annotation.id],
        subject: label.id,
        message: `The label ${label.name} is retired. Choose another label for it.`,
        fixes: successor === null ? [] : [relabel(successor.id, successor.name)],
      },
    ];
  },
  examples: {
    failing: (random) => {
      const isRetired = random.chance(0.5);
      return imageExample(
        [exampleAnnotation(1, boxInside(random), { labelId: isRetired ? EXAMPLE_OLD.id : UNKNOWN })],
        [{ ...aboutObjects(1), subject: isRetired ? EXAMPLE_OLD.id : '' }],
      );
    },
    passing: (random) =>
      imageExample([
        exampleAnnotation(1, boxInside(random), {
          labelId: random.pick([EXAMPLE_CAR.id, EXAMPLE_PERSON.id]),
        }),
      ]),
  },
});

const UNKNOWN = '00000000-0000-4000-8000-000000000077' as LabelId;

/** A label in use that once had the retired one's name. */
function namesake(schema: LabelSchema, retired: LabelDefinition): LabelDefinition | null {
  return (
    schema.labels.find(
      (label) =>
        !label.isRetired &&
        label.mergedIntoId === null &&
        (label.name === retired.name || label.formerNames.includes(retired.name)),
    ) ?? null
  );
}
