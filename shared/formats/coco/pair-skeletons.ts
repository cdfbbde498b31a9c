import { canonicalJson } from '../../document/canonical-json';
import type { ShapeType, SkeletonShape } from '../../schema/shapes';
import type { DatasetAnnotation } from '../format';
import { boxOfJoints } from './box-of-joints';

/** What one annotation of COCO holds: a shape, or an area with the keypoints of the same object. */
export interface CocoObject {
  /** Of a pair, that of its area. */
  readonly annotation: DatasetAnnotation;
  readonly skeleton: SkeletonShape | null;
}

const AREAS: ReadonlySet<ShapeType> = new Set(['box', 'rotated-box', 'polygon', 'mask']);

/** A reader takes a box within 1 px of the joints' for theirs; rounding may bring them this much nearer. */
const NEAR_IN_IMAGE_PX = 1.2;

/**
 * Puts a skeleton together with the outline, mask or box of the same group that says the same otherwise, as COCO's own
 * keypoint files have them; both readers and trainers take the two for one object.
 */
export function pairedObjects(annotations: readonly DatasetAnnotation[]): readonly CocoObject[] {
  if (!annotations.some(isSkeletonOfGroup)) return annotations.map(alone);
  const areas = new Map<string, DatasetAnnotation>();
  for (const annotation of annotations) {
    if (annotation.groupId === undefined || !AREAS.has(annotation.shape.type)) continue;
    const wording = wordingOf(annotation);
    if (!areas.has(wording)) areas.set(wording, annotation);
  }
  const skeletons = new Map<DatasetAnnotation, SkeletonShape>();
  const paired = new Set<DatasetAnnotation>();
  for (const annotation of annotations) {
    const { shape } = annotation;
    const area = isSkeletonOfGroup(annotation) ? areas.get(wordingOf(annotation)) : undefined;
    if (area === undefined || shape.type !== 'skeleton' || skeletons.has(area)) continue;
    if (isTakenForOne(area, shape)) continue;
    skeletons.set(area, shape);
    paired.add(annotation);
  }
  return annotations
    .filter((annotation) => !paired.has(annotation))
    .map((annotation) => ({ annotation, skeleton: skeletons.get(annotation) ?? null }));
}

function alone(annotation: DatasetAnnotation): CocoObject {
  return { annotation, skeleton: null };
}

function isSkeletonOfGroup({ shape, groupId }: DatasetAnnotation): boolean {
  return shape.type === 'skeleton' && groupId !== undefined;
}

/** Everything beside the shape. */
function wordingOf({ shape: _shape, ...rest }: DatasetAnnotation): string {
  return canonicalJson(rest);
}

/** Whether a reader would find one of the two alone: nobody placed a joint, or the box only runs around the joints. */
function isTakenForOne({ shape }: DatasetAnnotation, skeleton: SkeletonShape): boolean {
  const joints = boxOfJoints(skeleton);
  if (joints === null) return true;
  if (shape.type !== 'box') return false;
  const edges = [
    shape.x - joints.x,
    shape.y - joints.y,
    shape.x + shape.width - joints.x - joints.width,
    shape.y + shape.height - joints.y - joints.height,
  ];
  return edges.every((apart) => Math.abs(apart) <= NEAR_IN_IMAGE_PX);
}
