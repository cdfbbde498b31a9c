import { z } from 'zod';
import { resizeAnnotation } from '../actions/resize-annotation';
import type { ShapeType } from '../schema/shapes';
import { behaviourOf } from '../shapes';
import { fixByDeleting } from './fixes';
import { defineRule, type Fix } from './rule';

/** Sums of floats pass the edge by a hair; a hundredth of a pixel changes no label. */
const SLACK_IN_IMAGE_PX = 0.01;

/** What lies outside the picture is clipped by some trainers and makes others fail, so exports would differ. */
export const boxOutsideImage = defineRule({
  id: 'box-outside-image',
  title: 'Shape leaves the picture',
  description: 'A shape that reaches over the edge is cut by some trainers and refused by others.',
  scope: 'annotation',
  severity: 'error',
  params: z.object({ slackInImagePx: z.number().min(0) }),
  defaults: { slackInImagePx: SLACK_IN_IMAGE_PX },
  evaluate(annotation, { document }, { slackInImagePx: slack }) {
    const behaviour = behaviourOf(annotation.shape);
    const { x, y, width, height } = behaviour.bounds(annotation.shape);
    const isInside =
      x >= -slack &&
      y >= -slack &&
      x + width <= document.size.width + slack &&
      y + height <= document.size.height + slack;
    if (isInside) return [];
    const cut: Fix = {
      id: 'cut',
      // Turned shapes keep their size and are moved; the rest is cut.
      label: isMovedWhole(annotation.shape.type) ? 'Move into the picture' : 'Cut to the picture',
      run: (current, context) =>
        resizeAnnotation.run(current, { id: annotation.id, shape: annotation.shape }, context),
    };
    // Nothing would be left of a shape that lies wholly outside.
    const canBeCut = behaviour.fitted(annotation.shape, document.size).ok;
    return [
      {
        annotationIds: [annotation.id],
        subject: '',
        message: `It reaches outside the picture (${behaviour.describe(annotation.shape)}). Cut it to the picture or move it inside.`,
        fixes: canBeCut ? [cut] : [fixByDeleting(annotation.id, 'Delete it')],
      },
    ];
  },
});

function isMovedWhole(type: ShapeType): boolean {
  return type === 'rotated-box' || type === 'ellipse';
}
