import { z } from 'zod';
import { imagePoint } from '../geometry/point';
import { type Rect, rectIoU, unionRects } from '../geometry/rect';
import type { Annotation } from '../schema/annotation';
import type { Shape } from '../schema/shapes';
import { behaviourOf } from '../shapes';
import { shapeDifference } from '../shapes/shape-difference';
import { fixByDeleting } from './fixes';
import { defineRule, type Issue } from './rule';

/** Two people drawing one object reach about 0.9; above this the second shape is a copy. */
const DUPLICATE_IOU = 0.95;

/** Lines and points have no area to overlap by; copies of them differ by rounding alone. */
const SAME_PLACE_IN_IMAGE_PX = 0.51;

/** Places asked when two areas are held against each other. */
const SAMPLES = 4096;
/** Strewn by the R2 sequence (powers of the plastic number), which no edge runs along as one may along a grid. */
const STRIDE_X = 0.7548776662466927;
const STRIDE_Y = 0.5698402909980532;

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
      const end = one.bounds.x + one.bounds.width + SAME_PLACE_IN_IMAGE_PX;
      for (let next = index + 1; next < sorted.length; next += 1) {
        const other = sorted[next];
        if (other === undefined || other.bounds.x > end) break;
        if (!canBeSameObject(one.annotation, other.annotation)) continue;
        if (!coincide(one.annotation.shape, other.annotation.shape, one.bounds, other.bounds, minIoU))
          continue;
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

function canBeSameObject(a: Annotation, b: Annotation): boolean {
  // A crowd region may well cover what is labelled by itself.
  return a.labelId === b.labelId && a.shape.type === b.shape.type && a.isCrowd === b.isCrowd;
}

function coincide(a: Shape, b: Shape, boundsA: Rect, boundsB: Rect, minIoU: number): boolean {
  const behaviour = behaviourOf(a);
  if (behaviour.cover !== 'area') return shapeDifference(a, b) <= SAME_PLACE_IN_IMAGE_PX;
  const overlap = rectIoU(boundsA, boundsB);
  if (a.type === 'box') return overlap >= minIoU;
  // Areas that differ more cannot overlap so far, and bounds that hardly meet hardly can: neither needs the samples.
  const [areaA, areaB] = [behaviour.area(a), behaviourOf(b).area(b)];
  if (Math.min(areaA, areaB) < minIoU * Math.max(areaA, areaB) || overlap < minIoU / 2) return false;
  return shapeDifference(a, b) === 0 || sampledIoU(a, b, unionRects(boundsA, boundsB)) >= minIoU;
}

/** Overlap of two areas as places strewn over both find it; within about 0.01 for shapes that are not all edge. */
function sampledIoU(a: Shape, b: Shape, around: Rect): number {
  let inEither = 0;
  let inBoth = 0;
  for (let sample = 1; sample <= SAMPLES; sample += 1) {
    const at = imagePoint(
      around.x + ((sample * STRIDE_X) % 1) * around.width,
      around.y + ((sample * STRIDE_Y) % 1) * around.height,
    );
    const isInA = behaviourOf(a).contains(a, at);
    const isInB = behaviourOf(b).contains(b, at);
    if (isInA || isInB) inEither += 1;
    if (isInA && isInB) inBoth += 1;
  }
  return inEither === 0 ? 0 : inBoth / inEither;
}
