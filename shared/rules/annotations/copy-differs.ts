import { z } from 'zod';
import { IMAGE_STATES } from '../../schema/annotation';
import type { LabelId } from '../../schema/ids';
import { type DatasetIssue, datasetRule } from './annotation-rule';
import type { DatasetInput } from './dataset-input';
import {
  datasetExample,
  EXAMPLE_PERSON,
  exampleAnnotation,
  exampleBox,
  exampleImageId,
  exampleLook,
  withBitsFlipped,
} from './example-data';
import { labelName } from './label-params';

/** A picture that was saved anew keeps nearly all bits; frames of one camera, where things do move, differ in more. */
const MAX_DISTANCE = 1;

const UNLABELLED = IMAGE_STATES.indexOf('unlabelled');

export const copyDiffers = datasetRule({
  id: 'copy-differs',
  title: 'Copies with different labels',
  description:
    'The same picture twice with different labels: at least one of them is wrong, and both are trained on.',
  severity: 'warning',
  params: z.object({
    maxDistance: z.int().min(0).max(16).meta({
      title: 'Most bits apart',
      description:
        'Of the 64 bits of the perceptual hash; byte-identical files count as copies whatever their hash.',
    }),
  }),
  defaults: { maxDistance: MAX_DISTANCE },
  evaluate(input, { maxDistance }) {
    const { objects, pictures, schema } = input;
    const { state } = objects.images();
    const isLabelled = (ordinal: number) => (state[ordinal] ?? UNLABELLED) !== UNLABELLED;
    const firstOfContent = new Map<number, number>();
    const issues: DatasetIssue[] = [];
    const compare = (earlier: number, later: number) => {
      const difference = firstDifference(input, earlier, later);
      const ids = [objects.imageIdAt(later), objects.imageIdAt(earlier)].filter((id) => id !== null);
      if (difference === null || ids.length < 2) return false;
      const { labelId, before, after } = difference;
      issues.push({
        imageIds: ids,
        annotationIds: [],
        subject: '',
        message: `It holds ${after} ${labelName(schema, labelId)} and its copy ${pictures.nameAt(earlier)} holds ${before}. Compare the two and correct one, or leave one out.`,
      });
      return true;
    };
    for (let ordinal = 0; ordinal < objects.imageCount; ordinal += 1) {
      if (!isLabelled(ordinal)) continue;
      const content = pictures.content[ordinal] ?? 0;
      const first = firstOfContent.get(content);
      if (first === undefined) firstOfContent.set(content, ordinal);
      else if (compare(first, ordinal)) continue;
      pictures.looks.visitNear(ordinal, maxDistance, (other) => {
        if (other >= ordinal || other === first || !isLabelled(other)) return;
        return !compare(other, ordinal);
      });
    }
    return issues;
  },
  examples: {
    failing: (random) => {
      const look = exampleLook(random);
      const isSameFile = random.chance(0.5);
      const copy = isSameFile ? { content: 'one' } : { look: withBitsFlipped(look, random.whole(0, 1)) };
      return datasetExample(
        [
          { look, content: 'one', objects: cars(1, random.whole(1, 2)) },
          { ...copy, objects: cars(10, 3) },
        ],
        [{ imageIds: [exampleImageId(1), exampleImageId(2)], annotationIds: [], subject: '' }],
      );
    },
    passing: (random) => {
      const look = exampleLook(random);
      const copy = random.pick([
        { look, objects: cars(10, 2) },
        { look, state: 'unlabelled' },
        { look: withBitsFlipped(look, 2), objects: cars(10, 3) },
      ] as const);
      return datasetExample([{ look, content: 'one', objects: cars(1, 2) }, copy]);
    },
  },
});

function cars(from: number, count: number) {
  return [
    ...Array.from({ length: count }, (_, n) => exampleAnnotation(from + n, exampleBox(n * 30, 10, 20, 20))),
    exampleAnnotation(from + 9, exampleBox(150, 10, 20, 20), { labelId: EXAMPLE_PERSON.id }),
  ];
}

/** The first label of which two pictures hold different numbers of objects; null when there is none. */
function firstDifference({ objects }: DatasetInput, earlier: number, later: number) {
  const { label } = objects.columns();
  const more = new Map<number, number>();
  const before = new Map<number, number>();
  for (const row of objects.rowsOf(earlier)) {
    const at = label[row] ?? 0;
    before.set(at, (before.get(at) ?? 0) + 1);
  }
  for (const row of objects.rowsOf(later)) more.set(label[row] ?? 0, (more.get(label[row] ?? 0) ?? 0) + 1);
  for (const at of [...new Set([...before.keys(), ...more.keys()])].sort((a, b) => a - b)) {
    const labelId: LabelId | undefined = objects.labelIds[at];
    if (labelId !== undefined && before.get(at) !== more.get(at)) {
      return { labelId, before: before.get(at) ?? 0, after: more.get(at) ?? 0 };
    }
  }
  return null;
}
