import { applyAffine } from '../../geometry/affine';
import type { ImagePoint } from '../../geometry/point';
import { boundsOfPoints, clamp, unionRects } from '../../geometry/rect';
import { areCollinear, distanceToPath, isInsideRing, ringArea } from '../../geometry/ring';
import { appError } from '../../result/app-error';
import { err, ok } from '../../result/result';
import type { PolygonPart, PolygonShape, Ring, Vertex } from '../../schema/shapes';
import { tenths } from '../describe-place';
import type { ShapeBehaviour } from '../shape-behaviour';
import {
  indexesOn,
  vertexHandles,
  vertexOfHandle,
  withVertexAt,
  withVertexInserted,
  withVerticesMoved,
  withVerticesRemoved,
} from '../vertex-handle';

const FEWEST_VERTICES = 3;

/** Rings are counted part by part: the exterior, then its holes in their order. */
export const polygon: ShapeBehaviour<PolygonShape> = {
  type: 'polygon',
  title: 'Polygon',
  cover: 'area',

  /** Of holes, too: a hole whose vertex is dragged out of its outline is still seen and taken there. */
  bounds: (shape) =>
    ringsOf(shape)
      .flatMap((ring) => boundsOfPoints(ring) ?? [])
      .reduce(unionRects),

  /** Of parts that do not overlap, with rings that do not cross themselves. */
  area: (shape) =>
    shape.parts.reduce(
      (sum, part) =>
        sum +
        Math.max(0, ringArea(part.exterior) - part.holes.reduce((holes, hole) => holes + ringArea(hole), 0)),
      0,
    ),

  contains: (shape, point) => shape.parts.some((part) => isInsidePart(part, point)),

  distanceToOutline: (shape, point) =>
    ringsOf(shape).reduce(
      (nearest, ring) => Math.min(nearest, distanceToPath(ring, true, point)),
      Number.POSITIVE_INFINITY,
    ),

  outline: (shape) => ringsOf(shape).map((points) => ({ points, isClosed: true })),

  handles: (shape) => vertexHandles(polygon.outline(shape)),

  withHandleMoved(shape, handleId, to) {
    const vertex = vertexOfHandle(handleId);
    if (vertex === null) return shape;
    return withRings(shape, (ring, number) =>
      number === vertex.ring ? withVertexAt(ring, vertex.index, to) : ring,
    );
  },

  transformed: (shape, transform) =>
    withRings(shape, (ring) => ring.map(({ x, y }) => applyAffine(transform, x, y))),

  /** Vertices outside are moved onto the picture's edge; holes and parts that lose all their area go. */
  fitted(shape, image) {
    const inside = (ring: Ring) =>
      ring.map(({ x, y }) => ({ x: clamp(x, 0, image.width), y: clamp(y, 0, image.height) }));
    const parts = shape.parts.flatMap((part) => {
      const exterior = inside(part.exterior);
      if (areCollinear(exterior)) return [];
      return [{ exterior, holes: part.holes.map(inside).filter((hole) => !areCollinear(hole)) }];
    });
    if (parts.length === 0) {
      return err(
        appError(
          'edit.too-small',
          'A polygon needs three points inside the picture that do not lie on one line.',
          { vertices: vertexCount(shape) },
        ),
      );
    }
    return ok({ type: 'polygon', parts });
  },

  describe(shape) {
    const { x, y } = polygon.bounds(shape);
    const holes = shape.parts.reduce((sum, part) => sum + part.holes.length, 0);
    return [
      `${vertexCount(shape)} points`,
      ...(shape.parts.length > 1 ? [`${shape.parts.length} parts`] : []),
      ...(holes > 0 ? [holes === 1 ? '1 hole' : `${holes} holes`] : []),
      `at ${tenths(x)}, ${tenths(y)}`,
    ].join(', ');
  },

  vertices: {
    inserted: (shape, after, at) =>
      withRings(shape, (ring, number) =>
        number === after.ring ? withVertexInserted(ring, after.index, at) : ring,
      ),
    removed(shape, vertices) {
      const thinned = withRings(shape, (ring, number) =>
        withVerticesRemoved(ring, indexesOn(number, vertices)),
      );
      const parts = thinned.parts
        .filter((part) => part.exterior.length >= FEWEST_VERTICES)
        .map((part) => ({
          exterior: part.exterior,
          holes: part.holes.filter((hole) => hole.length >= FEWEST_VERTICES),
        }));
      return parts.length === 0 ? null : { type: 'polygon', parts };
    },
    moved: (shape, vertices, dx, dy) =>
      withRings(shape, (ring, number) => withVerticesMoved(ring, indexesOn(number, vertices), dx, dy)),
  },
};

function isInsidePart(part: PolygonPart, point: ImagePoint): boolean {
  return isInsideRing(part.exterior, point) && !part.holes.some((hole) => isInsideRing(hole, point));
}

function ringsOf(shape: PolygonShape): readonly Ring[] {
  return shape.parts.flatMap((part) => [part.exterior, ...part.holes]);
}

function withRings(
  shape: PolygonShape,
  change: (ring: Ring, number: number) => readonly Vertex[],
): PolygonShape {
  let next = 0;
  const changed = (ring: Ring) => change(ring, next++);
  return {
    type: 'polygon',
    parts: shape.parts.map((part) => ({
      exterior: changed(part.exterior),
      holes: part.holes.map(changed),
    })),
  };
}

function vertexCount(shape: PolygonShape): number {
  return ringsOf(shape).reduce((sum, ring) => sum + ring.length, 0);
}
