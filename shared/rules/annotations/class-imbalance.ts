import { z } from 'zod';
import { datasetRule } from './annotation-rule';
import { datasetExample, EXAMPLE_PERSON, exampleAnnotation, exampleBox } from './example-data';
import { labelsInUse } from './labels-in-use';

/**
 * Buda, Maki and Mazurowski, "A systematic study of the class imbalance problem in convolutional neural networks",
 * Neural Networks 106, 2018, find the harm of imbalance up to a ratio of 100 and strongest there.
 */
const MAX_RATIO = 100;

export const classImbalance = datasetRule({
  id: 'class-imbalance',
  title: 'Label is rare beside others',
  description: 'A model sees a rare label so seldom that guessing the common one costs it little.',
  severity: 'info',
  params: z.object({
    maxRatio: z.number().min(1).max(1_000_000).meta({
      title: 'Most, common to rare',
      description: 'How many objects of the most common label there may be for one of another.',
    }),
  }),
  defaults: { maxRatio: MAX_RATIO },
  evaluate(input, { maxRatio }) {
    const uses = labelsInUse(input);
    const most = uses.reduce<(typeof uses)[number] | null>(
      (top, use) => (top === null || use.objects > top.objects ? use : top),
      null,
    );
    if (most === null) return [];
    return uses.flatMap(({ label, objects }) =>
      most.objects <= maxRatio * objects
        ? []
        : [
            {
              imageIds: [],
              annotationIds: [],
              subject: label.id,
              message: `${label.name} occurs ${objects} times and ${most.label.name} ${most.objects} times, ${Math.floor(most.objects / objects)} to 1. Label more of it, or weigh it when training.`,
            },
          ],
    );
  },
  examples: {
    failing: (random) =>
      imbalanced(random.whole(101, 300), [{ annotationIds: [], subject: EXAMPLE_PERSON.id, imageIds: [] }]),
    passing: (random) => imbalanced(random.whole(1, 100)),
  },
});

/** So many cars and one person. */
function imbalanced(cars: number, expected: Parameters<typeof datasetExample>[1] = []) {
  return datasetExample(
    [
      {
        objects: [
          ...Array.from({ length: cars }, (_, n) => exampleAnnotation(n + 2, exampleBox(0, 0, 20, 20))),
          exampleAnnotation(1, exampleBox(50, 0, 20, 20), { labelId: EXAMPLE_PERSON.id }),
        ],
      },
    ],
    expected,
  );
}
