import { z } from 'zod';
import type { Annotation } from '../../schema/annotation';
import { behaviourOf } from '../../shapes';
import { type Issue, imageRule } from './annotation-rule';
import {
  aboutObjects,
  boxInside,
  EXAMPLE_PERSON,
  exampleAnnotation,
  exampleBox,
  imageExample,
} from './example-data';
import { fixByDeleting } from './fixes';
import { differenceOf, mayOverlapBy, overlapOf, visitMeeting } from './meeting-shapes';

/** Two people drawing one object reach about 0.9; above this the second shape is a copy. */
export const DUPLICATE_IOU = 0.95;

/** Lines and points have no area to overlap by; copies of them differ by rounding alone. */
const SAME_PLACE_IN_IMAGE_PX = 0.51;

export const duplicateAnnotation = imageRule({
  id: 'duplicate-annotation',
  title: 'Same object twice',
  description: 'Two shapes of one label that all but coincide count one object twice.',
  severity: 'error',
  params: z.object({
    minIoU: z.number().min(0.5).max(1).meta({
      title: 'Least overlap (IoU)',
      description: 'Intersection over union from which two shapes of one label count as copies.',
    }),
  }),
  defaults: { minIoU: DUPLICATE_IOU },
  evaluate({ document }, { minIoU }) {
    const issues: Issue[] = [];
    visitMeeting(document, (lower, upper) => {
      if (!canBeSameObject(lower, upper) || !coincide(lower, upper, minIoU)) return;
      issues.push({
        annotationIds: [lower.id, upper.id],
        subject: '',
        message: 'Two objects of one label lie on each other and count twice. Delete one of them.',
        fixes: [fixByDeleting(upper.id, 'Delete the upper one')],
      });
    });
    return issues;
  },
  examples: {
    failing: (random) => {
      const shape = boxInside(random);
      const [first, second] = random.chance(0.5) ? [1, 3] : [3, 1];
      return imageExample(
        [
          exampleAnnotation(first, shape),
          exampleAnnotation(2, exampleBox(60, 60, 7, 31), { labelId: EXAMPLE_PERSON.id }),
          exampleAnnotation(second, shape),
        ],
        [aboutObjects(1, 3)],
      );
    },
    passing: (random) => {
      const shape = boxInside(random);
      return imageExample([
        exampleAnnotation(1, shape),
        exampleAnnotation(2, shape, random.pick([{ labelId: EXAMPLE_PERSON.id }, { isCrowd: true }])),
      ]);
    },
  },
});

/** A crowd region may well cover what is labelled by itself. */
export function canBeSameObject(a: Annotation, b: Annotation): boolean {
  return a.labelId === b.labelId && a.shape.type === b.shape.type && a.isCrowd === b.isCrowd;
}

function coincide({ shape: a }: Annotation, { shape: b }: Annotation, minIoU: number): boolean {
  if (behaviourOf(a).cover !== 'area') return differenceOf(a, b) <= SAME_PLACE_IN_IMAGE_PX;
  if (!mayOverlapBy(a, b, minIoU)) return false;
  return (a.type !== 'box' && differenceOf(a, b) === 0) || overlapOf(a, b).iou >= minIoU;
}
