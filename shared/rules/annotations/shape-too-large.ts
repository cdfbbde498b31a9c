import { z } from 'zod';
import { behaviourOf } from '../../shapes';
import { annotationRule } from './annotation-rule';
import {
  aboutObjects,
  EXAMPLE_PERSON,
  EXAMPLE_SIZE,
  exampleAnnotation,
  exampleBox,
  imageExample,
} from './example-data';
import { fixByDeleting } from './fixes';
import { labelName, limitFor, numberByLabel } from './label-params';

/**
 * Shapes over the whole picture come from converters that had no place for a label and from slips of the hand; a
 * close-up of one thing seldom leaves less than a fiftieth around it.
 */
const MAX_SHARE = 0.98;

const share = z.number().min(0).max(1);

export const shapeTooLarge = annotationRule({
  id: 'shape-too-large',
  title: 'Shape is huge',
  description: 'A shape that takes up all of the picture says nothing about where its object is.',
  severity: 'warning',
  params: z.object({
    maxShare: share.meta({
      title: 'Most of the picture',
      description: 'Share of the picture’s area, 0 to 1.',
    }),
    maxShareByLabel: numberByLabel(share).meta({
      title: 'Most of the picture, by label',
      description: 'Stands in for the general share, e.g. 1 for sky and road, 0.2 for traffic signs.',
    }),
  }),
  defaults: { maxShare: MAX_SHARE, maxShareByLabel: {} },
  evaluate({ id, labelId, shape }, { size, schema }, { maxShare, maxShareByLabel }) {
    const limit = limitFor(schema, labelId, maxShareByLabel, maxShare);
    const taken = behaviourOf(shape).area(shape) / (size.width * size.height);
    if (taken <= limit) return [];
    return [
      {
        annotationIds: [id],
        subject: '',
        message: `It takes up ${percent(taken)} of the picture, more than ${percent(limit)} for ${labelName(schema, labelId)}. Draw it closer to its object, or delete it.`,
        fixes: [fixByDeleting(id, 'Delete it')],
      },
    ];
  },
  examples: {
    failing: (random) =>
      random.chance(0.5)
        ? imageExample(
            [
              exampleAnnotation(
                1,
                exampleBox(0, 0, EXAMPLE_SIZE.width, random.between(98.1, EXAMPLE_SIZE.height)),
              ),
            ],
            [aboutObjects(1)],
          )
        : imageExample(
            [
              exampleAnnotation(1, exampleBox(0, 0, 50, random.between(41, 100)), {
                labelId: EXAMPLE_PERSON.id,
              }),
              exampleAnnotation(2, exampleBox(50, 0, 50, 100)),
            ],
            [aboutObjects(1)],
            { maxShareByLabel: { [EXAMPLE_PERSON.id]: 0.1 } },
          ),
    passing: (random) =>
      imageExample([exampleAnnotation(1, exampleBox(0, 0, EXAMPLE_SIZE.width, random.between(2, 97.9)))]),
  },
});

function percent(part: number): string {
  return `${Math.round(part * 1000) / 10} %`;
}
