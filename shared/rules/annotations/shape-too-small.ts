import { z } from 'zod';
import type { Shape } from '../../schema/shapes';
import { behaviourOf } from '../../shapes';
import { annotationRule } from './annotation-rule';
import { aboutObjects, EXAMPLE_PERSON, exampleAnnotation, exampleBox, imageExample } from './example-data';
import { fixByDeleting } from './fixes';
import { limitFor, numberByLabel } from './label-params';
import { boundsOf } from './meeting-shapes';

/** Two px a side: smaller boxes come from slips of the hand; detectors with a stride of 8 px cannot learn them either. */
const MIN_SIDE_IN_IMAGE_PX = 2;

export const shapeTooSmall = annotationRule({
  id: 'shape-too-small',
  title: 'Shape is tiny',
  description: 'A shape of a pixel or two is nearly always a click that slipped.',
  severity: 'warning',
  params: z.object({
    minSideInImagePx: z
      .number()
      .min(0)
      .max(10_000)
      .meta({ title: 'Least side, px', description: 'The shorter side of a shape; of a line its length.' }),
    minSideByLabel: numberByLabel(z.number().min(0).max(10_000)).meta({
      title: 'Least side of a label, px',
      description: 'Stands in for the least side where a label’s objects are larger or smaller than others.',
    }),
  }),
  defaults: { minSideInImagePx: MIN_SIDE_IN_IMAGE_PX, minSideByLabel: {} },
  evaluate(annotation, { schema }, params) {
    const minSideInImagePx = limitFor(
      schema,
      annotation.labelId,
      params.minSideByLabel,
      params.minSideInImagePx,
    );
    const side = shortestMeaningfulSide(annotation.shape);
    if (side >= minSideInImagePx) return [];
    const { width, height } = boundsOf(annotation.shape);
    return [
      {
        annotationIds: [annotation.id],
        subject: '',
        message: `It measures ${shown(width)} × ${shown(height)} px; less than ${minSideInImagePx} px is nearly always a slip. Delete or enlarge it.`,
        fixes: [fixByDeleting(annotation.id, 'Delete it')],
      },
    ];
  },
  examples: {
    failing: (random) =>
      random.chance(0.5)
        ? imageExample(
            [exampleAnnotation(1, exampleBox(10, 10, random.between(0.01, 1.99), random.between(0.01, 30)))],
            [aboutObjects(1)],
          )
        : imageExample(
            [
              exampleAnnotation(1, exampleBox(10, 10, random.between(2, 11.9), 30), {
                labelId: EXAMPLE_PERSON.id,
              }),
              exampleAnnotation(2, exampleBox(60, 10, random.between(2, 11.9), 30)),
            ],
            [aboutObjects(1)],
            { minSideByLabel: { [EXAMPLE_PERSON.id]: 12 } },
          ),
    passing: (random) =>
      imageExample([exampleAnnotation(1, exampleBox(10, 10, random.between(2, 9), random.between(2, 90)))]),
  },
});

/** The side in image px that a slip of the hand makes short; infinite for what has no size by its nature. */
function shortestMeaningfulSide(shape: Shape): number {
  const behaviour = behaviourOf(shape);
  const { width, height } = boundsOf(shape);
  switch (behaviour.cover) {
    case 'area':
      if (shape.type === 'rotated-box') return Math.min(shape.width, shape.height);
      if (shape.type === 'ellipse') return 2 * Math.min(shape.rx, shape.ry);
      // A sliver that lies aslant has wide bounds: its area tells, as the side of a square of that area.
      return Math.min(width, height, Math.sqrt(behaviour.area(shape)));
    case 'line':
      // A line may be as thin as it likes, as long as it goes somewhere.
      return Math.max(width, height);
    case 'point':
      // One point has no size; joints all in one place were never put apart.
      return shape.type === 'skeleton' && shape.joints.length > 1
        ? Math.max(width, height)
        : Number.POSITIVE_INFINITY;
    case 'none':
      return Number.POSITIVE_INFINITY;
  }
}

function shown(value: number): number {
  return Math.round(value * 100) / 100;
}
