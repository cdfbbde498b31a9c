import { z } from 'zod';
import { SPLITS, type Split } from '../../schema/dataset-version';
import { type DatasetIssue, datasetRule } from './annotation-rule';
import { datasetExample, exampleImageId, exampleLook, withBitsFlipped } from './example-data';

/**
 * Of 5 · 10^9 pairs among 100,000 unrelated pictures 0.02 lie within 6 of 64 bits by chance (binomial, bits independent):
 * what lies as near is a copy, a crop by a hair, or the next frame.
 */
export const LOOKS_THE_SAME = 6;

export const splitLeakage = datasetRule({
  id: 'split-leakage',
  title: 'Look-alikes in different splits',
  description:
    'A picture in the test or validation split that looks like one in training flatters the model: it is asked what it was told.',
  severity: 'warning',
  params: z.object({
    maxDistance: z.int().min(0).max(16).meta({
      title: 'Most bits apart',
      description: 'Of the 64 bits of the perceptual hash, for two pictures to look the same.',
    }),
  }),
  defaults: { maxDistance: LOOKS_THE_SAME },
  evaluate({ objects, pictures }, { maxDistance }) {
    const { split, looks } = pictures;
    const issues: DatasetIssue[] = [];
    for (let ordinal = 0; ordinal < objects.imageCount; ordinal += 1) {
      const own = split[ordinal] ?? 0;
      // Of two pictures the one that is to measure the model is named; train is the first split.
      if (own < 2) continue;
      let nearest = -1;
      let nearestDistance = maxDistance + 1;
      looks.visitNear(ordinal, maxDistance, (other, distance) => {
        const theirs = split[other] ?? 0;
        if (theirs === 0 || theirs >= own) return;
        if (distance < nearestDistance || (distance === nearestDistance && other < nearest)) {
          nearest = other;
          nearestDistance = distance;
        }
        return distance > 0;
      });
      const imageId = objects.imageIdAt(ordinal);
      const otherId = objects.imageIdAt(nearest);
      if (nearest < 0 || imageId === null || otherId === null) continue;
      issues.push({
        imageIds: [imageId, otherId],
        annotationIds: [],
        subject: '',
        message: `It is in ${SPLITS[own - 1]} and looks like ${pictures.nameAt(nearest)} in ${SPLITS[(split[nearest] ?? 1) - 1]} (${nearestDistance} of 64 bits differ). Keep images of a folder together, or leave one of them out.`,
      });
    }
    return issues;
  },
  examples: {
    failing: (random) => {
      const look = exampleLook(random);
      return datasetExample(
        [
          { look, split: 'train' },
          { look: withBitsFlipped(look, random.whole(0, 6)), split: random.pick(['val', 'test']) },
          { look: exampleLook(random), split: 'test' },
        ],
        [{ imageIds: [exampleImageId(1), exampleImageId(2)], annotationIds: [], subject: '' }],
      );
    },
    passing: (random) => {
      const look = exampleLook(random);
      const [split, distance] = random.pick<readonly [Split | null, number]>([
        ['train', 0],
        [null, 0],
        ['test', 7],
      ]);
      return datasetExample([
        { look, split: 'train' },
        { look: withBitsFlipped(look, distance), split },
      ]);
    },
  },
});
