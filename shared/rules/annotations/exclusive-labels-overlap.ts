import { z } from 'zod';
import type { LabelId } from '../../schema/ids';
import { resolveLabel } from '../../schema/resolve-label';
import { behaviourOf } from '../../shapes';
import { type ImageExample, type Issue, imageRule } from './annotation-rule';
import {
  aboutObjects,
  EXAMPLE_CAR,
  EXAMPLE_PERSON,
  exampleAnnotation,
  exampleBox,
  imageExample,
} from './example-data';
import { fixByDeleting } from './fixes';
import { labelName, labelPairs } from './label-params';
import { overlapOf, visitMeeting } from './meeting-shapes';

/** Half of the smaller one: neighbours that were drawn generously overlap less. */
const MIN_OVERLAP = 0.5;

export const exclusiveLabelsOverlap = imageRule({
  id: 'exclusive-labels-overlap',
  title: 'Labels that exclude each other overlap',
  description:
    'Some things cannot be in one place, e.g. a healthy leaf and a sick one; then one label is wrong.',
  // Somebody said that these exclude each other, so that an overlap is wrong and not only odd.
  severity: 'error',
  params: z.object({
    pairs: labelPairs().meta({
      title: 'Pairs of labels',
      description: 'Labels whose objects cannot share a place.',
    }),
    minOverlap: z.number().min(0).max(1).meta({
      title: 'Least overlap',
      description: 'Share of the smaller object that lies on the other, 0 to 1.',
    }),
  }),
  defaults: { pairs: [], minOverlap: MIN_OVERLAP },
  evaluate({ document, schema }, { pairs, minOverlap }) {
    if (pairs.length === 0) return [];
    const counted = (labelId: LabelId): LabelId => resolveLabel(schema, labelId)?.id ?? labelId;
    const excluded = new Set(
      pairs.flatMap(([a, b]) => [`${counted(a)} ${counted(b)}`, `${counted(b)} ${counted(a)}`]),
    );
    const issues: Issue[] = [];
    visitMeeting(document, (lower, upper) => {
      if (!excluded.has(`${counted(lower.labelId)} ${counted(upper.labelId)}`)) return;
      if (behaviourOf(lower.shape).cover !== 'area' || behaviourOf(upper.shape).cover !== 'area') return;
      const { ofSmaller } = overlapOf(lower.shape, upper.shape);
      if (ofSmaller < minOverlap || ofSmaller === 0) return;
      issues.push({
        annotationIds: [lower.id, upper.id],
        subject: '',
        message: `${labelName(schema, lower.labelId)} and ${labelName(schema, upper.labelId)} exclude each other, but ${Math.floor(ofSmaller * 100)} % of the smaller one lies on the other. Relabel or delete one of them.`,
        fixes: [
          fixByDeleting(upper.id, 'Delete the upper one', 'delete-upper'),
          fixByDeleting(lower.id, 'Delete the lower one', 'delete-lower'),
        ],
      });
    });
    return issues;
  },
  examples: {
    failing: (random) => crossing(random.between(20.1, 40), [aboutObjects(1, 2)]),
    passing: (random) => crossing(random.between(0, 19.9)),
  },
});

/** A car and a person of 40 x 40 px that share so many px of their width. */
function crossing(shared: number, expected: ImageExample['expected'] = []): ImageExample {
  return imageExample(
    [
      exampleAnnotation(1, exampleBox(10, 10, 40, 40)),
      exampleAnnotation(2, exampleBox(50 - shared, 10, 40, 40), { labelId: EXAMPLE_PERSON.id }),
    ],
    expected,
    { pairs: [[EXAMPLE_PERSON.id, EXAMPLE_CAR.id]] },
  );
}
