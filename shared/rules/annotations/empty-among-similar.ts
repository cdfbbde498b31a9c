import { z } from 'zod';
import { IMAGE_STATES } from '../../schema/annotation';
import { type DatasetIssue, datasetRule } from './annotation-rule';
import {
  datasetExample,
  exampleAnnotation,
  exampleBox,
  exampleImageId,
  exampleLook,
  withBitsFlipped,
} from './example-data';

/**
 * Of two unrelated pictures' hashes 32 of 64 bits differ; 10 or fewer do once in 10^8 (binomial, bits independent).
 * Frames of one camera and shots of one scene lie below it.
 */
const MAX_DISTANCE = 10;

/** One neighbour with objects may be the picture before somebody came along; most of several says more. */
const MIN_NEIGHBOURS = 2;
const MIN_SHARE = 0.6;

/** More neighbours do not change what most of them are. */
const MOST_ASKED = 20;

const EMPTY_STATES = new Set([IMAGE_STATES.indexOf('labelled'), IMAGE_STATES.indexOf('confirmedEmpty')]);
const UNLABELLED = IMAGE_STATES.indexOf('unlabelled');

export const emptyAmongSimilar = datasetRule({
  id: 'empty-among-similar',
  title: 'Empty, but its likes are not',
  description:
    'A picture that is said to be empty while pictures that look like it hold objects was probably skipped.',
  severity: 'warning',
  params: z.object({
    maxDistance: z.int().min(0).max(16).meta({
      title: 'Most bits apart',
      description: 'Of the 64 bits of the perceptual hash, for two pictures to look alike.',
    }),
    minNeighbours: z.int().min(1).max(MOST_ASKED).meta({
      title: 'Least look-alikes',
      description: 'With fewer labelled pictures that look like it nothing is said.',
    }),
    minShare: z.number().min(0).max(1).meta({
      title: 'Least share with objects',
      description: 'Of the look-alikes, 0 to 1.',
    }),
  }),
  defaults: { maxDistance: MAX_DISTANCE, minNeighbours: MIN_NEIGHBOURS, minShare: MIN_SHARE },
  evaluate({ objects, pictures }, { maxDistance, minNeighbours, minShare }) {
    const { state } = objects.images();
    const issues: DatasetIssue[] = [];
    for (let ordinal = 0; ordinal < objects.imageCount; ordinal += 1) {
      if (!EMPTY_STATES.has(state[ordinal] ?? UNLABELLED) || objects.rowsOf(ordinal).length > 0) continue;
      let asked = 0;
      let withObjects = 0;
      let example = -1;
      pictures.looks.visitNear(ordinal, maxDistance, (other) => {
        // What nobody labelled yet says nothing.
        if ((state[other] ?? UNLABELLED) === UNLABELLED) return;
        asked += 1;
        if (objects.rowsOf(other).length > 0) {
          withObjects += 1;
          if (example < 0) example = other;
        }
        return asked < MOST_ASKED;
      });
      const imageId = objects.imageIdAt(ordinal);
      const exampleId = objects.imageIdAt(example);
      if (asked < minNeighbours || withObjects < minShare * asked || imageId === null || exampleId === null)
        continue;
      issues.push({
        // The neighbours may change while the picture stays in doubt.
        imageIds: [imageId],
        annotationIds: [],
        subject: '',
        message: `Nothing is labelled here, but ${withObjects} of ${asked} pictures that look like it hold objects, e.g. ${pictures.nameAt(example)}. Look whether something was missed.`,
      });
    }
    return issues;
  },
  examples: {
    failing: (random) => {
      const look = exampleLook(random);
      return datasetExample(
        [
          { look, state: random.pick(['labelled', 'confirmedEmpty']) },
          ...[1, 2, 3].map((n) => ({ look: withBitsFlipped(look, random.whole(0, 10)), objects: oneCar(n) })),
          { look: exampleLook(random) },
        ],
        [{ imageIds: [exampleImageId(1)], annotationIds: [], subject: '' }],
      );
    },
    passing: (random) => {
      const look = exampleLook(random);
      const [state, distance] = random.pick([
        ['unlabelled', 0],
        ['confirmedEmpty', 11],
      ] as const);
      return datasetExample([
        { look, state },
        ...[1, 2, 3].map((n) => ({ look: withBitsFlipped(look, distance), objects: oneCar(n) })),
      ]);
    },
  },
});

function oneCar(n: number) {
  return [exampleAnnotation(n, exampleBox(10, 10, 20, 20))];
}
