import type { JointVisibility, SkeletonShape } from '../../../shared/schema/shapes';

/** A skeleton with one joint seen (2), hidden (1) or not labelled (0). */
export function withJointVisibility(
  shape: SkeletonShape,
  joint: number,
  visibility: JointVisibility,
): SkeletonShape {
  return {
    ...shape,
    joints: shape.joints.map((one, index) => (index === joint ? { ...one, visibility } : one)),
  };
}

/** What one key goes round: seen, hidden, not labelled. */
export function nextVisibility(visibility: JointVisibility): JointVisibility {
  if (visibility === 2) return 1;
  return visibility === 1 ? 0 : 2;
}
