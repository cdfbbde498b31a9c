import { z } from 'zod';
import { reshapeAnnotations } from '../../actions/reshape-annotations';
import { countCrossings } from '../../geometry/count-crossings';
import type { AnnotationId } from '../../schema/ids';
import type { PolygonShape } from '../../schema/shapes';
import { repairShape } from '../../shapes/repair';
import { annotationRule, type Fix } from './annotation-rule';
import { aboutObjects, exampleAnnotation, imageExample } from './example-data';
import { fixByDeleting } from './fixes';

/** Counted no further: beyond this nobody reads the number. */
const MOST_COUNTED = 500;

export const selfCrossingPolygon = annotationRule({
  id: 'self-crossing-polygon',
  title: 'Outline crosses itself',
  description:
    'What a crossing outline encloses is read differently by different programs (even-odd or winding), so its area and mask differ after an export.',
  severity: 'error',
  params: z.object({}),
  defaults: {},
  evaluate({ id, shape }) {
    if (shape.type !== 'polygon') return [];
    const crossings = shape.parts.reduce<number | null>((sum, { exterior, holes }) => {
      const found = sum === null ? null : countCrossings([exterior, ...holes], MOST_COUNTED);
      return sum === null || found === null ? null : sum + found;
    }, 0);
    if (crossings === 0) return [];
    const times =
      crossings === null || crossings > MOST_COUNTED
        ? 'very often'
        : crossings === 1
          ? 'once'
          : `${crossings} times`;
    return [
      {
        annotationIds: [id],
        subject: '',
        message: `Its outline crosses itself ${times}. Split it into the parts that it goes around, or draw it anew.`,
        fixes: [uncrossed(id, shape)],
      },
    ];
  },
  examples: {
    // Two triangles that meet at a crossing, as drawing the corners of a square in the wrong order gives them.
    failing: (random) => {
      const [x, y, side] = [random.whole(0, 100), random.whole(0, 20), random.whole(10, 70)];
      return imageExample(
        [exampleAnnotation(1, polygonThrough([x, y], [x + side, y + side], [x + side, y], [x, y + side]))],
        [aboutObjects(1)],
      );
    },
    passing: (random) => {
      const [x, y, side] = [random.whole(0, 100), random.whole(0, 20), random.whole(10, 70)];
      return imageExample([
        exampleAnnotation(1, polygonThrough([x, y], [x + side, y], [x + side, y + side], [x, y + side])),
      ]);
    },
  },
});

function uncrossed(id: AnnotationId, shape: PolygonShape): Fix {
  const repaired = repairShape(shape, null);
  if (!repaired.ok) return fixByDeleting(id, 'Delete it');
  return {
    id: 'split-at-crossings',
    label: 'Split at the crossings',
    run: (document, context) =>
      reshapeAnnotations.run(document, { edits: [{ id, shape: repaired.value.shape }] }, context),
  };
}

function polygonThrough(...ring: readonly (readonly [number, number])[]): PolygonShape {
  return { type: 'polygon', parts: [{ exterior: ring.map(([x, y]) => ({ x, y })), holes: [] }] };
}
