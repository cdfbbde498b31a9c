import { z } from 'zod';
import { datasetRule } from './annotation-rule';
import { datasetExample, EXAMPLE_CAR, exampleAnnotation, exampleBox } from './example-data';
import { labelsInUse } from './labels-in-use';

/** With a tenth of the images for testing, 0.9^29 = 4.7 %: from here it is unlikely that none of a label's is tested. */
const MIN_IMAGES = 29;

export const fewSamples = datasetRule({
  id: 'few-samples',
  title: 'Label has few examples',
  description: 'A label in few images may be missing from a split altogether, and figures of it mean little.',
  severity: 'info',
  params: z.object({
    minImages: z.int().min(1).max(1_000_000).meta({
      title: 'Least images of a label',
      description: 'Labels that occur in fewer images are named.',
    }),
  }),
  defaults: { minImages: MIN_IMAGES },
  evaluate(input, { minImages }) {
    return labelsInUse(input)
      .filter(({ images }) => images < minImages)
      .map(({ label, images }) => ({
        imageIds: [],
        annotationIds: [],
        subject: label.id,
        message: `${label.name} occurs in ${images === 1 ? '1 image' : `${images} images`}, fewer than ${minImages}. Label more, or keep each label’s share alike in every split.`,
      }));
  },
  examples: {
    failing: (random) =>
      inImages(random.whole(1, 28), [{ annotationIds: [], subject: EXAMPLE_CAR.id, imageIds: [] }]),
    passing: (random) => inImages(random.whole(29, 40)),
  },
});

/** Three cars in each of so many images. */
function inImages(count: number, expected: Parameters<typeof datasetExample>[1] = []) {
  return datasetExample(
    Array.from({ length: count }, (_, image) => ({
      objects: [1, 2, 3].map((n) => exampleAnnotation(image * 3 + n, exampleBox(n * 30, 0, 20, 20))),
    })),
    expected,
  );
}
