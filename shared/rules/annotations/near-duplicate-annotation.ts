import { z } from 'zod';
import { behaviourOf } from '../../shapes';
import { type Issue, imageRule } from './annotation-rule';
import { canBeSameObject, DUPLICATE_IOU } from './duplicate-annotation';
import { aboutObjects, EXAMPLE_PERSON, exampleAnnotation, exampleBox, imageExample } from './example-data';
import { fixByDeleting } from './fixes';
import { labelName } from './label-params';
import { mayOverlapBy, overlapOf, visitMeeting } from './meeting-shapes';

/**
 * Non-maximum suppression takes boxes of one class beyond 0.5 to 0.7 for one object; real neighbours in a crowd reach
 * that, but hardly more than this.
 */
const NEAR_IOU = 0.8;

export const nearDuplicateAnnotation = imageRule({
  id: 'near-duplicate-annotation',
  title: 'Probably the same object twice',
  description:
    'Two shapes that lie almost on each other: an object that was labelled twice, or that was given two labels.',
  severity: 'warning',
  params: z.object({
    minIoU: z.number().min(0.3).max(1).meta({
      title: 'Least overlap (IoU), one label',
      description:
        'From here two shapes of one label are held for one object; copies have a rule of their own.',
    }),
    minIoUAcrossLabels: z.number().min(0.3).max(1).meta({
      title: 'Least overlap (IoU), two labels',
      description:
        'From here two shapes of different labels are held for one object; 1 leaves only equal ones.',
    }),
  }),
  // Things of two kinds do share a place (a bowl and what is in it), so more is asked of them.
  defaults: { minIoU: NEAR_IOU, minIoUAcrossLabels: DUPLICATE_IOU },
  evaluate({ document, schema }, { minIoU, minIoUAcrossLabels }) {
    const issues: Issue[] = [];
    visitMeeting(document, (lower, upper) => {
      if (lower.shape.type !== upper.shape.type || lower.isCrowd || upper.isCrowd) return;
      if (behaviourOf(lower.shape).cover !== 'area') return;
      const isSameLabel = canBeSameObject(lower, upper);
      const least = isSameLabel ? minIoU : minIoUAcrossLabels;
      if (!mayOverlapBy(lower.shape, upper.shape, least)) return;
      const { iou } = overlapOf(lower.shape, upper.shape);
      if (iou < least || (isSameLabel && iou >= DUPLICATE_IOU)) return;
      const names = isSameLabel
        ? `Two objects of ${labelName(schema, lower.labelId)}`
        : `${labelName(schema, lower.labelId)} and ${labelName(schema, upper.labelId)}`;
      issues.push({
        annotationIds: [lower.id, upper.id],
        subject: '',
        message: `${names} share ${Math.floor(iou * 100)} % of their area (IoU). Delete one of them if they are one object.`,
        fixes: [
          fixByDeleting(upper.id, 'Delete the upper one', 'delete-upper'),
          fixByDeleting(lower.id, 'Delete the lower one', 'delete-lower'),
        ],
      });
    });
    return issues;
  },
  examples: {
    // 40 x 50 against 40 x h: the IoU is h / 50.
    failing: (random) => {
      const isSameLabel = random.chance(0.5);
      const height = isSameLabel ? random.between(40.1, 47.4) : random.between(47.6, 50);
      return imageExample(
        [
          exampleAnnotation(1, exampleBox(20, 10, 40, 50)),
          exampleAnnotation(
            2,
            exampleBox(20, 10, 40, height),
            isSameLabel ? {} : { labelId: EXAMPLE_PERSON.id },
          ),
        ],
        [aboutObjects(1, 2)],
      );
    },
    passing: (random) => {
      const [height, fields] = random.pick([
        [random.between(10, 39.9), {}],
        [random.between(47.6, 50), {}],
        [random.between(10, 47.4), { labelId: EXAMPLE_PERSON.id }],
        [random.between(40.1, 50), { isCrowd: true }],
      ] as const);
      return imageExample([
        exampleAnnotation(1, exampleBox(20, 10, 40, 50)),
        exampleAnnotation(2, exampleBox(20, 10, 40, height), fields),
      ]);
    },
  },
});
