import { z } from 'zod';
import { resizeAnnotation } from '../../actions/resize-annotation';
import type { ShapeType } from '../../schema/shapes';
import { behaviourOf } from '../../shapes';
import { annotationRule, type Fix } from './annotation-rule';
import { aboutObjects, EXAMPLE_SIZE, exampleAnnotation, exampleBox, imageExample } from './example-data';
import { fixByDeleting } from './fixes';
import { boundsOf } from './meeting-shapes';

/** Sums of floats pass the edge by a hair; a hundredth of a pixel changes no label. */
const SLACK_IN_IMAGE_PX = 0.01;

/** What lies outside the picture is clipped by some trainers and makes others fail, so exports would differ. */
export const boxOutsideImage = annotationRule({
  id: 'box-outside-image',
  title: 'Shape leaves the picture',
  description: 'A shape that reaches over the edge is cut by some trainers and refused by others.',
  severity: 'error',
  params: z.object({
    slackInImagePx: z
      .number()
      .min(0)
      .max(100)
      .meta({ title: 'Slack, px', description: 'How far a shape may reach over the edge.' }),
  }),
  defaults: { slackInImagePx: SLACK_IN_IMAGE_PX },
  evaluate(annotation, { size }, { slackInImagePx: slack }) {
    const behaviour = behaviourOf(annotation.shape);
    const { x, y, width, height } = boundsOf(annotation.shape);
    const isInside =
      x >= -slack && y >= -slack && x + width <= size.width + slack && y + height <= size.height + slack;
    if (isInside) return [];
    const cut: Fix = {
      id: 'cut',
      // Turned shapes keep their size and are moved; the rest is cut.
      label: isMovedWhole(annotation.shape.type) ? 'Move into the picture' : 'Cut to the picture',
      run: (current, context) =>
        resizeAnnotation.run(current, { id: annotation.id, shape: annotation.shape }, context),
    };
    // Nothing would be left of a shape that lies wholly outside.
    const canBeCut = behaviour.fitted(annotation.shape, size).ok;
    return [
      {
        annotationIds: [annotation.id],
        subject: '',
        message: `It reaches outside the picture (${behaviour.describe(annotation.shape)}). Cut it to the picture or move it inside.`,
        fixes: canBeCut ? [cut] : [fixByDeleting(annotation.id, 'Delete it')],
      },
    ];
  },
  examples: {
    failing: (random) => {
      const [width, height] = [random.whole(5, 80), random.whole(5, 80)];
      const over = random.between(0.02, 60);
      const x = random.pick([-over, EXAMPLE_SIZE.width - width + over]);
      return imageExample(
        [exampleAnnotation(1, exampleBox(x, random.whole(0, 20), width, height))],
        [aboutObjects(1)],
      );
    },
    passing: (random) => {
      const [width, height] = [random.whole(5, 80), random.whole(5, 80)];
      return imageExample([
        exampleAnnotation(1, exampleBox(random.pick([0, EXAMPLE_SIZE.width - width]), 0, width, height)),
      ]);
    },
  },
});

function isMovedWhole(type: ShapeType): boolean {
  return type === 'rotated-box' || type === 'ellipse';
}
