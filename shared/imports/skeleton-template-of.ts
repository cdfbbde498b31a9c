import type { SurveyedClass, SurveyedSample } from '../ipc/channels/label-imports';
import type { SkeletonShape, SkeletonTemplate } from '../schema/shapes';

/**
 * What new skeletons of an imported class are made from: joints and edges as the files name them, placed as in the
 * first skeleton of the class that was looked at. Null when no skeleton of it was.
 */
export function skeletonTemplateOf(
  { classIndex, skeleton }: SurveyedClass,
  samples: readonly SurveyedSample[],
): SkeletonTemplate | null {
  const shape = samples
    .flatMap((sample) => sample.annotations)
    .flatMap((one) => (one.classIndex === classIndex && one.shape.type === 'skeleton' ? [one.shape] : []))
    .find((one) => one.joints.every((joint) => joint.visibility > 0));
  if (shape === undefined) return null;
  if (skeleton !== undefined && skeleton.joints.length !== shape.joints.length) return null;
  return { joints: placed(shape), edges: shape.edges };
}

/** Joints at 0 to 1 of the box around them; in the middle where they lie on one line. */
function placed({ joints }: SkeletonShape): SkeletonTemplate['joints'] {
  const range = (axis: 'x' | 'y') => {
    const values = joints.map((joint) => joint[axis]);
    const least = Math.min(...values);
    const length = Math.max(...values) - least;
    return (value: number) => (length > 0 ? Math.min(1, Math.max(0, (value - least) / length)) : 0.5);
  };
  const [x, y] = [range('x'), range('y')];
  return joints.map((joint) => ({ name: joint.name, x: x(joint.x), y: y(joint.y) }));
}
