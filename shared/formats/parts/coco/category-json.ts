import type { DatasetLabel } from '../../format';
import { labelRecord } from '../records/label-record';

/**
 * One element of "categories"; the id is the class number + 1, which COCO counts from 1.
 *
 * @param skeleton what keypoints of the class mean; edges are written from 1, as COCO counts keypoints.
 * @param isThing for panoptic files alone: countable objects as against stuff.
 */
export function categoryJson(
  label: DatasetLabel,
  skeleton: DatasetLabel['skeleton'] | null,
  isThing?: boolean,
): string {
  const { classIndex, name, supercategory, color } = label;
  const { attributes, allowed_shapes } = labelRecord(label);
  return JSON.stringify({
    id: classIndex + 1,
    name,
    supercategory: supercategory ?? '',
    ...(isThing === undefined ? {} : { isthing: isThing ? 1 : 0 }),
    ...(color === undefined ? {} : { color: channelsOf(color) }),
    ...(skeleton == null
      ? {}
      : { keypoints: skeleton.joints, skeleton: skeleton.edges.map(([from, to]) => [from + 1, to + 1]) }),
    ...(attributes === undefined ? {} : { attributes }),
    ...(allowed_shapes === undefined ? {} : { allowed_shapes }),
  });
}

function channelsOf(color: string): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}
