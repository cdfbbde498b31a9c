import { applyAffine } from '../../geometry/affine';
import { type ImagePoint, imagePoint } from '../../geometry/point';
import { boundsOfPoints, clamp } from '../../geometry/rect';
import { distanceToPath } from '../../geometry/ring';
import { ok } from '../../result/result';
import type { SkeletonShape } from '../../schema/shapes';
import type { OutlineRing, ShapeBehaviour } from '../shape-behaviour';
import { vertexHandle, vertexOfHandle } from '../vertex-handle';

/** Bones have no inside; a point this near counts as on them, in image px. */
const BONE_HALF_WIDTH_IN_IMAGE_PX = 1;

/**
 * Joints that are not labelled (visibility 0) are shown and dragged like the others, so they count here too; what is
 * measured or exported of a skeleton looks at visibility itself. Joint i has the handle `vertex-0-i`.
 */
export const skeleton: ShapeBehaviour<SkeletonShape> = {
  type: 'skeleton',
  title: 'Skeleton',
  cover: 'point',

  bounds: (shape) => boundsOfPoints(shape.joints) ?? { x: 0, y: 0, width: 0, height: 0 },

  area: () => 0,

  contains: (shape, point) => distanceToBones(shape, point) <= BONE_HALF_WIDTH_IN_IMAGE_PX,

  distanceToOutline: distanceToBones,

  outline: bonesOf,

  handles: (shape) => shape.joints.map(({ x, y }, index) => vertexHandle(0, index, imagePoint(x, y))),

  withHandleMoved(shape, handleId, to) {
    const joint = vertexOfHandle(handleId);
    return joint === null ? shape : withPlaces(shape, (at, index) => (index === joint.index ? to : at));
  },

  transformed: (shape, transform) => withPlaces(shape, ({ x, y }) => applyAffine(transform, x, y)),

  /** Joints outside are moved onto the picture's edge. */
  fitted: (shape, image) =>
    ok(withPlaces(shape, ({ x, y }) => imagePoint(clamp(x, 0, image.width), clamp(y, 0, image.height)))),

  describe(shape) {
    const seen = shape.joints.filter(({ visibility }) => visibility === 2).length;
    const hidden = shape.joints.filter(({ visibility }) => visibility === 1).length;
    return [
      `${seen} of ${shape.joints.length} joints seen`,
      ...(hidden > 0 ? [`${hidden} hidden`] : []),
    ].join(', ');
  },
};

/** Each edge as a line of two points, and each joint that no edge reaches as a line of one. */
function bonesOf(shape: SkeletonShape): readonly OutlineRing[] {
  const reached = new Set<number>();
  const lines: OutlineRing[] = [];
  for (const [from, to] of shape.edges) {
    const start = shape.joints[from];
    const end = shape.joints[to];
    if (start === undefined || end === undefined) continue;
    reached.add(from).add(to);
    lines.push({
      points: [
        { x: start.x, y: start.y },
        { x: end.x, y: end.y },
      ],
      isClosed: false,
    });
  }
  shape.joints.forEach(({ x, y }, index) => {
    if (!reached.has(index)) lines.push({ points: [{ x, y }], isClosed: false });
  });
  return lines;
}

function distanceToBones(shape: SkeletonShape, point: ImagePoint): number {
  return bonesOf(shape).reduce(
    (nearest, { points }) => Math.min(nearest, distanceToPath(points, false, point)),
    Number.POSITIVE_INFINITY,
  );
}

function withPlaces(
  shape: SkeletonShape,
  place: (at: ImagePoint, index: number) => ImagePoint,
): SkeletonShape {
  return {
    ...shape,
    joints: shape.joints.map((joint, index) => {
      const { x, y } = place(joint, index);
      return { ...joint, x, y };
    }),
  };
}
