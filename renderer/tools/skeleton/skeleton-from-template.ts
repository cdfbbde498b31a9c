import type { Rect } from '../../../shared/geometry/rect';
import type { SkeletonShape, SkeletonTemplate } from '../../../shared/schema/shapes';

/** A label's template laid into a rectangle in image px, every joint seen. */
export function skeletonFromTemplate(template: SkeletonTemplate, rect: Rect): SkeletonShape {
  return {
    type: 'skeleton',
    joints: template.joints.map(({ name, x, y }) => ({
      name,
      x: rect.x + x * rect.width,
      y: rect.y + y * rect.height,
      visibility: 2,
    })),
    edges: template.edges,
  };
}
