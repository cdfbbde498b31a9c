import type { JointVisibility, SkeletonShape } from '../../schema/shapes';
import { MAX_JOINTS } from '../../schema/shapes/skeleton';
import { type CocoCategory, jointName } from '../parts/coco/coco-categories';
import { vertexFrom } from '../parts/vertices';

/** The skeleton of `[x, y, visibility, …]`, what is wrong with it in words, or null when there is none. */
export function parseKeypoints(
  value: unknown,
  category: CocoCategory | undefined,
): SkeletonShape | string | null {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return null;
  if (!Array.isArray(value)) return 'has "keypoints" that are no list';
  const count = value.length / 3;
  const named = category?.extras.skeleton;
  if (!Number.isInteger(count)) return `has ${value.length} numbers in "keypoints", which come in threes`;
  if (count > MAX_JOINTS) return `has more than ${MAX_JOINTS} keypoints`;
  if (named !== undefined && named.joints.length !== count) {
    return `has ${count} keypoints, but its category names ${named.joints.length}`;
  }
  const joints: SkeletonShape['joints'][number][] = [];
  for (let index = 0; index < count; index += 1) {
    const place = vertexFrom(value[3 * index], value[3 * index + 1]);
    const visibility: unknown = value[3 * index + 2];
    if (place === null || !isVisibility(visibility)) {
      return `has no usable place or visibility (0, 1 or 2) for keypoint ${index + 1}`;
    }
    joints.push({ name: named?.joints[index] ?? jointName(index), ...place, visibility });
  }
  const edges = named?.edges ?? (category?.edges ?? []).filter(([from, to]) => from < count && to < count);
  return { type: 'skeleton', joints, edges };
}

function isVisibility(value: unknown): value is JointVisibility {
  return value === 0 || value === 1 || value === 2;
}
