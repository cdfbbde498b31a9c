import { partsOfShape } from '../conversions/area-of-shape';
import type { FidelityTable } from '../formats/format';
import { areaIntersection } from '../geometry/polygon-boolean';
import type { AreaPart } from '../geometry/polygon-part';
import { clamp, type Rect, type Size } from '../geometry/rect';
import {
  PolygonShape,
  type PolylineShape,
  type Shape,
  type SkeletonShape,
  type Vertex,
} from '../schema/shapes';
import { behaviourOf } from '../shapes';
import { mask } from '../shapes/mask/mask';

/** Half a thousandth of a pixel outside is rounding of somebody's, not a place. */
const INSIDE_WITHIN_IMAGE_PX = 5e-4;

/** What is cut to less than this on a side says nothing any more, in image px. */
const LEAST_SIDE_IN_IMAGE_PX = 0.01;

/** Whether a shape lies in its picture with all that means something; a tag always does. */
export function liesInside(shape: Shape, { width, height }: Size): boolean {
  if (shape.type === 'tag') return true;
  const places = shape.type === 'skeleton' ? shape.joints.filter(({ visibility }) => visibility > 0) : null;
  const isIn = ({ x, y }: Vertex) =>
    x >= -INSIDE_WITHIN_IMAGE_PX &&
    y >= -INSIDE_WITHIN_IMAGE_PX &&
    x <= width + INSIDE_WITHIN_IMAGE_PX &&
    y <= height + INSIDE_WITHIN_IMAGE_PX;
  if (places !== null) return places.every(isIn);
  const bounds = behaviourOf(shape).bounds(shape);
  return isIn(bounds) && isIn({ x: bounds.x + bounds.width, y: bounds.y + bounds.height });
}

/**
 * What of a shape lies in the picture, null when nothing does. A turned box or ellipse that is cut is none any more: it
 * becomes a polygon where the format holds those, else the box around what is left.
 */
export function clampedShape(shape: Shape, picture: Size, holds: FidelityTable['shapes']): Shape | null {
  switch (shape.type) {
    case 'tag':
      return shape;
    case 'box':
      return boxFrom(cut(shape, picture));
    case 'points': {
      const points = shape.points.filter((point) => isInPicture(point, picture));
      return points.length === 0 ? null : { type: 'points', points };
    }
    case 'polyline':
      return longestPieceInside(shape, picture);
    case 'skeleton':
      return skeletonInside(shape, picture);
    case 'mask': {
      const inside = mask.fitted(shape, picture);
      return inside.ok ? inside.value : null;
    }
    case 'cuboid': {
      const inside = behaviourOf(shape).fitted(shape, picture);
      return inside.ok ? inside.value : null;
    }
    case 'polygon':
      return areaInside(shape.parts, picture);
    case 'rotated-box':
    case 'ellipse': {
      const inside = areaInside(partsOfShape(shape) ?? [], picture);
      return holds.polygon === 'dropped' && inside !== null
        ? boxFrom(cut(behaviourOf(inside).bounds(inside), picture))
        : inside;
    }
  }
}

function isInPicture({ x, y }: Vertex, { width, height }: Size): boolean {
  return x >= 0 && y >= 0 && x <= width && y <= height;
}

/** The common part of a rectangle and the picture; sides may come out negative. */
function cut({ x, y, width, height }: Rect, picture: Size): Rect {
  const left = Math.max(x, 0);
  const top = Math.max(y, 0);
  return {
    x: left,
    y: top,
    width: Math.min(x + width, picture.width) - left,
    height: Math.min(y + height, picture.height) - top,
  };
}

function boxFrom({ x, y, width, height }: Rect): Shape | null {
  return width >= LEAST_SIDE_IN_IMAGE_PX && height >= LEAST_SIDE_IN_IMAGE_PX
    ? { type: 'box', x, y, width, height }
    : null;
}

function areaInside(parts: readonly AreaPart[], picture: Size): PolygonShape | null {
  const { width, height } = picture;
  const frame = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ];
  const common = areaIntersection([parts, [{ exterior: frame, holes: [] }]]);
  // Outlines too fine to be cut have their vertices moved to the edge instead.
  const inside = (common.ok ? common.value : parts).map(({ exterior, holes }) => ({
    exterior: exterior.map((vertex) => clampedVertex(vertex, picture)),
    holes: holes.map((hole) => hole.map((vertex) => clampedVertex(vertex, picture))),
  }));
  const polygon = PolygonShape.safeParse({ type: 'polygon', parts: inside });
  if (!polygon.success) return null;
  const bounds = behaviourOf(polygon.data).bounds(polygon.data);
  return bounds.width >= LEAST_SIDE_IN_IMAGE_PX && bounds.height >= LEAST_SIDE_IN_IMAGE_PX
    ? polygon.data
    : null;
}

function clampedVertex({ x, y }: Vertex, { width, height }: Size): Vertex {
  return { x: clamp(x, 0, width), y: clamp(y, 0, height) };
}

/** A line that leaves the picture and comes back is cut into pieces, of which the longest stays. */
function longestPieceInside({ points }: PolylineShape, picture: Size): PolylineShape | null {
  let longest: readonly Vertex[] = [];
  let longestLength = 0;
  let piece: Vertex[] = [];
  let length = 0;
  const finish = () => {
    if (piece.length > 1 && length > longestLength) {
      longest = piece;
      longestLength = length;
    }
    piece = [];
    length = 0;
  };
  for (const [index, from] of points.entries()) {
    const to = points[index + 1];
    if (to === undefined) break;
    const segment = segmentInside(from, to, picture);
    if (segment === null) {
      finish();
      continue;
    }
    const [start, end] = segment;
    if (start !== from) finish();
    if (piece.length === 0) piece.push(clampedVertex(start, picture));
    piece.push(clampedVertex(end, picture));
    length += Math.hypot(end.x - start.x, end.y - start.y);
    if (end !== to) finish();
  }
  finish();
  return longestLength >= LEAST_SIDE_IN_IMAGE_PX ? { type: 'polyline', points: longest } : null;
}

/** Liang and Barsky's clipping of a segment to a rectangle; ends that lie inside are given as they are. */
function segmentInside(from: Vertex, to: Vertex, { width, height }: Size): readonly [Vertex, Vertex] | null {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  let enter = 0;
  let leave = 1;
  for (const [step, room] of [
    [-dx, from.x],
    [dx, width - from.x],
    [-dy, from.y],
    [dy, height - from.y],
  ] as const) {
    if (step === 0) {
      if (room < 0) return null;
    } else if (step < 0) enter = Math.max(enter, room / step);
    else leave = Math.min(leave, room / step);
  }
  if (enter > leave) return null;
  const at = (share: number): Vertex => ({ x: from.x + share * dx, y: from.y + share * dy });
  return [enter === 0 ? from : at(enter), leave === 1 ? to : at(leave)];
}

/** A joint outside of the picture is one that was not labelled, as COCO has it; its place means nothing then. */
function skeletonInside(shape: SkeletonShape, picture: Size): SkeletonShape | null {
  const joints = shape.joints.map((joint) => ({
    ...joint,
    ...clampedVertex(joint, picture),
    visibility: isInPicture(joint, picture) ? joint.visibility : (0 as const),
  }));
  return joints.some(({ visibility }) => visibility > 0) ? { ...shape, joints } : null;
}
