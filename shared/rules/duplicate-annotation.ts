import { z } from 'zod';
import { rectIoU } from '../geometry/rect';
import type { Annotation } from '../schema/annotation';
import { behaviourOf } from '../shapes';
import { fixByDeleting } from './fixes';
import { defineRule, type Issue } from './rule';

/** Two people drawing one object reach about 0.9; above this the second box is a copy. */
const DUPLICATE_IOU = 0.95;

export const duplicateAnnotation = defineRule({
  id: 'duplicate-annotation',
  title: 'Same object twice',
  description: 'Two shapes of one label that all but coincide count one object twice.',
  scope: 'image',
  severity: 'error',
  params: z.object({ minIoU: z.number().min(0.5).max(1) }),
  defaults: { minIoU: DUPLICATE_IOU },
  evaluate({ document }, { minIoU }) {
    // Sorted by left edge, a shape is compared only with those that begin before it ends: O(n log n) unless all overlap.
    const sorted = [...document.annotations.values()]
      .map((annotation, order) => ({
        annotation,
        order,
        bounds: behaviourOf(annotation.shape).bounds(annotation.shape),
      }))
      .sort((a, b) => a.bounds.x - b.bounds.x);
    const issues: Issue[] = [];
    sorted.forEach((one, index) => {
      for (let next = index + 1; next < sorted.length; next += 1) {
        const other = sorted[next];
        if (other === undefined || other.bounds.x > one.bounds.x + one.bounds.width) break;
        if (!isSameObject(one.annotation, other.annotation)) continue;
        if (rectIoU(one.bounds, other.bounds) < minIoU) continue;
        const [lower, upper] = one.order < other.order ? [one, other] : [other, one];
        issues.push({
          annotationIds: [lower.annotation.id, upper.annotation.id],
          subject: '',
          message: 'Two objects of one label lie on each other and count twice. Delete one of them.',
          fixes: [fixByDeleting(upper.annotation.id, 'Delete the upper one')],
        });
      }
    });
    return issues;
  },
});

function isSameObject(a: Annotation, b: Annotation): boolean {
  // Lines have no area to overlap by; a crowd region may well cover what is labelled by itself.
  return (
    a.labelId === b.labelId && a.shape.type === 'box' && b.shape.type === 'box' && a.isCrowd === b.isCrowd
  );
}
