import { z } from 'zod';
import type { Shape } from '../../schema/shapes';
import { annotationRule } from './annotation-rule';
import { aboutObjects, EXAMPLE_PERSON, exampleAnnotation, exampleBox, imageExample } from './example-data';
import { fixByDeleting } from './fixes';
import { labelName, limitFor, numberByLabel } from './label-params';

/** YOLOv5 dropped boxes beyond 20 : 1 from training in its early releases (`box_candidates`, `ar_thr=20`). */
const MAX_RATIO = 20;

const ratio = z.number().min(1).max(10_000);

export const extremeAspect = annotationRule({
  id: 'extreme-aspect',
  title: 'Shape is a sliver',
  description:
    'A box far longer than wide is mostly a slip of the hand; detectors with anchors cannot learn it.',
  severity: 'warning',
  params: z.object({
    maxRatio: ratio.meta({
      title: 'Most, long to short side',
      description: 'How often the short side fits into the long one.',
    }),
    maxRatioByLabel: numberByLabel(ratio).meta({
      title: 'Most of a label',
      description: 'Stands in for labels whose objects are long by nature, e.g. poles.',
    }),
  }),
  defaults: { maxRatio: MAX_RATIO, maxRatioByLabel: {} },
  evaluate({ id, labelId, shape }, { schema }, { maxRatio, maxRatioByLabel }) {
    const sides = sidesOf(shape);
    if (sides === null) return [];
    const [short, long] = [Math.min(...sides), Math.max(...sides)];
    const limit = limitFor(schema, labelId, maxRatioByLabel, maxRatio);
    if (long <= limit * short) return [];
    return [
      {
        annotationIds: [id],
        subject: '',
        message: `It measures ${shown(sides[0])} × ${shown(sides[1])} px, ${shown(long / short)} times as long as wide; ${labelName(schema, labelId)} may have ${limit}. Correct or delete it.`,
        fixes: [fixByDeleting(id, 'Delete it')],
      },
    ];
  },
  examples: {
    failing: (random) => {
      const short = random.between(2, 4);
      const long = short * random.between(20.1, 24);
      const [width, height] = random.chance(0.5) ? [short, long] : [long, short];
      return imageExample([exampleAnnotation(1, exampleBox(1, 1, width, height))], [aboutObjects(1)]);
    },
    passing: (random) => {
      const short = random.between(2, 4);
      const isLong = random.chance(0.5);
      const long = short * (isLong ? random.between(20.1, 24) : random.between(1, 19.9));
      return imageExample(
        [exampleAnnotation(1, exampleBox(1, 1, long, short), { labelId: EXAMPLE_PERSON.id })],
        [],
        isLong ? { maxRatioByLabel: { [EXAMPLE_PERSON.id]: 25 } } : undefined,
      );
    },
  },
});

/** Of shapes that are made of two sides; an outline may be as long as its object. */
function sidesOf(shape: Shape): readonly [number, number] | null {
  switch (shape.type) {
    case 'box':
    case 'rotated-box':
      return [shape.width, shape.height];
    case 'ellipse':
      return [2 * shape.rx, 2 * shape.ry];
    default:
      return null;
  }
}

function shown(value: number): number {
  return Math.round(value * 10) / 10;
}
