import type { Rect } from '../../geometry/rect';
import type { SkeletonShape } from '../../schema/shapes';

/** Tools round the box of keypoints to whole pixels or to two decimals. */
const TOLERANCE_IN_IMAGE_PX = 1;

/** The box around the joints that are labelled, in image px; null when none is. It may have no width or height. */
export function boxOfJoints({ joints }: SkeletonShape): Rect | null {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const { x, y, visibility } of joints) {
    if (visibility === 0) continue;
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return left > right ? null : { x: left, y: top, width: right - left, height: bottom - top };
}

/** Whether a box says no more than where the joints are. */
export function isBoxOfJoints(box: Rect, skeleton: SkeletonShape): boolean {
  const bounds = boxOfJoints(skeleton);
  if (bounds === null) return false;
  const farthest = Math.max(
    Math.abs(box.x - bounds.x),
    Math.abs(box.y - bounds.y),
    Math.abs(box.x + box.width - bounds.x - bounds.width),
    Math.abs(box.y + box.height - bounds.y - bounds.height),
  );
  return farthest <= TOLERANCE_IN_IMAGE_PX;
}
