import { applyAffine } from '../../geometry/affine';
import { convexHull } from '../../geometry/convex-hull';
import { type ImagePoint, imagePoint } from '../../geometry/point';
import { boundsOfPoints, clamp } from '../../geometry/rect';
import { areCollinear, distanceToPath, isInsideRing, ringArea } from '../../geometry/ring';
import { appError } from '../../result/app-error';
import { err, ok } from '../../result/result';
import type { CuboidShape, Vertex } from '../../schema/shapes';
import { describePlace } from '../describe-place';
import type { Handle, OutlineRing, ShapeBehaviour } from '../shape-behaviour';
import { vertexHandles, vertexOfHandle } from '../vertex-handle';

type Face = CuboidShape['front'];
type Corner = 0 | 1 | 2 | 3;

/** Ring 0 of the outline is the near face, ring 1 the far one; the four edges between them follow. */
export const cuboid: ShapeBehaviour<CuboidShape> = {
  type: 'cuboid',
  title: 'Cuboid',
  cover: 'area',

  bounds: (shape) => boundsOfPoints(cornersOf(shape)) ?? { x: 0, y: 0, width: 0, height: 0 },

  /** Of the silhouette: the convex hull of the eight corners. */
  area: (shape) => ringArea(convexHull(cornersOf(shape))),

  contains: (shape, point) => isInsideRing(convexHull(cornersOf(shape)), point),

  distanceToOutline: (shape, point) =>
    edgesOf(shape).reduce(
      (nearest, { points, isClosed }) => Math.min(nearest, distanceToPath(points, isClosed, point)),
      Number.POSITIVE_INFINITY,
    ),

  outline: edgesOf,

  /** The eight corners, and the middle of each face, which moves that face whole. */
  handles: (shape): readonly Handle[] => [
    ...vertexHandles(edgesOf(shape).slice(0, 2)),
    { id: 'front-face', at: middleOf(shape.front), cursor: 'move' },
    { id: 'back-face', at: middleOf(shape.back), cursor: 'move' },
  ],

  withHandleMoved(shape, handleId, to) {
    if (handleId === 'front-face') return { ...shape, front: faceMovedTo(shape.front, to) };
    if (handleId === 'back-face') return { ...shape, back: faceMovedTo(shape.back, to) };
    const vertex = vertexOfHandle(handleId);
    if (vertex === null) return shape;
    const moved = (face: Face) =>
      mapFace(face, (corner, index) => (index === vertex.index ? { x: to.x, y: to.y } : corner));
    return vertex.ring === 0
      ? { ...shape, front: moved(shape.front) }
      : { ...shape, back: moved(shape.back) };
  },

  transformed: (shape, transform) => withCorners(shape, ({ x, y }) => applyAffine(transform, x, y)),

  /** Corners outside are moved onto the picture's edge. */
  fitted(shape, image) {
    const inside = withCorners(shape, ({ x, y }) => ({
      x: clamp(x, 0, image.width),
      y: clamp(y, 0, image.height),
    }));
    if (areCollinear(cornersOf(inside))) {
      return err(
        appError('edit.too-small', 'A cuboid needs corners inside the picture that do not lie on one line.'),
      );
    }
    return ok(inside);
  },

  describe: (shape) => describePlace(cuboid.bounds(shape)),
};

function cornersOf(shape: CuboidShape): readonly Vertex[] {
  return [...shape.front, ...shape.back];
}

function edgesOf({ front, back }: CuboidShape): readonly OutlineRing[] {
  const between = ([0, 1, 2, 3] as const).map((corner: Corner) => ({
    points: [front[corner], back[corner]],
    isClosed: false,
  }));
  return [{ points: front, isClosed: true }, { points: back, isClosed: true }, ...between];
}

function middleOf(face: Face): ImagePoint {
  return imagePoint(
    (face[0].x + face[1].x + face[2].x + face[3].x) / 4,
    (face[0].y + face[1].y + face[2].y + face[3].y) / 4,
  );
}

function faceMovedTo(face: Face, to: ImagePoint): Face {
  const middle = middleOf(face);
  return mapFace(face, ({ x, y }) => ({ x: x + to.x - middle.x, y: y + to.y - middle.y }));
}

function mapFace(face: Face, place: (corner: Vertex, index: Corner) => Vertex): Face {
  return [place(face[0], 0), place(face[1], 1), place(face[2], 2), place(face[3], 3)];
}

function withCorners(shape: CuboidShape, place: (corner: Vertex) => Vertex): CuboidShape {
  return { type: 'cuboid', front: mapFace(shape.front, place), back: mapFace(shape.back, place) };
}
