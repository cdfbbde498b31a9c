import { z } from 'zod';
import { behaviourOf } from '../shapes';
import { fixByDeleting } from './fixes';
import { defineRule } from './rule';

/** Two px a side: smaller boxes come from slips of the hand; detectors with a stride of 8 px cannot learn them either. */
const MIN_SIDE_IN_IMAGE_PX = 2;

export const shapeTooSmall = defineRule({
  id: 'shape-too-small',
  title: 'Shape is tiny',
  description: 'A box of a pixel or two is nearly always a click that slipped.',
  scope: 'annotation',
  severity: 'warning',
  params: z.object({ minSideInImagePx: z.number().min(0).max(10_000) }),
  defaults: { minSideInImagePx: MIN_SIDE_IN_IMAGE_PX },
  evaluate(annotation, _input, { minSideInImagePx }) {
    const { width, height } = behaviourOf(annotation.shape).bounds(annotation.shape);
    // A line may be as thin as it likes, as long as it goes somewhere.
    const side = annotation.shape.type === 'box' ? Math.min(width, height) : Math.max(width, height);
    if (side >= minSideInImagePx) return [];
    return [
      {
        annotationIds: [annotation.id],
        subject: '',
        message: `It measures ${shown(width)} × ${shown(height)} px; less than ${minSideInImagePx} px is nearly always a slip. Delete or enlarge it.`,
        fixes: [fixByDeleting(annotation.id, 'Delete it')],
      },
    ];
  },
});

function shown(value: number): number {
  return Math.round(value * 100) / 100;
}
