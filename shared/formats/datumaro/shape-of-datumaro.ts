import { normalisedDegrees } from '../../geometry/affine';
import type { JointVisibility, Shape, Vertex } from '../../schema/shapes';
import { isKnownShape } from '../../schema/shapes/known-shape';
import type { DatasetLabel } from '../format';
import { maskFromCocoRle } from '../parts/coco-rle';
import { isRecord, type JsonRecord, listFrom, numberFrom, recordFrom } from '../parts/json/json-values';

export type Skeleton = NonNullable<DatasetLabel['skeleton']>;

export type DatumaroShape =
  | { readonly shape: Shape }
  /** For a person, to follow "annotation 3 of a.jpg". */
  | { readonly code: string; readonly reason: string };

/**
 * Datumaro draws the eight corners of a cuboid as: 1 front bottom left, 2 back bottom left, 3 back bottom right, 4 front
 * bottom right, and 5 to 8 above them. These are their places, clockwise from the top-left corner.
 */
export const CUBOID_FRONT = [4, 7, 3, 0] as const;
export const CUBOID_BACK = [5, 6, 2, 1] as const;

/** Types that say nothing about a place in a picture and are not labels either. */
const PASSED_OVER = new Set([
  'cuboid_3d',
  'hash_key',
  'feature_vector',
  'super_resolution_annotation',
  'depth_annotation',
  'tabular',
]);

/**
 * The shape of an annotation in image px. Boxes are [x, y, width, height] with an attribute `rotation` in degrees clockwise
 * about their centre (as CVAT writes it), ellipses the corners of their box, polygons one ring.
 * @param skeleton what the categories say of the label's joints.
 * @param nameById names of label entries, which name the joints of CVAT's skeletons.
 */
export function shapeOfDatumaro(
  record: JsonRecord,
  skeleton: Skeleton | null,
  nameById: readonly string[],
): DatumaroShape {
  const { type } = record;
  switch (type) {
    case 'label':
      return { shape: { type: 'tag' } };
    case 'bbox':
      return known(boxFrom(record), 'has a "bbox" that is no box');
    case 'rotated_bbox':
      return known(rotatedBoxFrom(record), 'has no centre, sides and angle');
    case 'ellipse':
      return known(ellipseFrom(record), 'has no ellipse of two corners');
    case 'polygon':
      return known(
        { type: 'polygon', parts: [{ exterior: verticesFrom(record.points), holes: [] }] },
        'has fewer than three corners or a corner that is no pair of numbers',
      );
    case 'polyline':
      return known(
        { type: 'polyline', points: verticesFrom(record.points) },
        'has fewer than two points or a point that is no pair of numbers',
      );
    case 'points':
      return known(pointsFrom(record, skeleton), 'has no points, or one that is no pair of numbers');
    case 'skeleton':
      return known(skeletonFrom(record, skeleton, nameById), 'has no usable "elements"');
    case 'cuboid_2d':
      return known(cuboidFrom(record), 'has no eight corners');
    case 'mask': {
      const mask = maskFromCocoRle(record.rle);
      if (mask === 'empty') return bad('has a mask with no pixel set');
      return mask === null ? bad('has an "rle" that does not fit its "size"') : { shape: mask };
    }
    default:
      if (typeof type === 'string' && PASSED_OVER.has(type)) {
        return { code: 'unsupported-shape', reason: `is a ${type}, which has no place in a picture` };
      }
      return bad(
        typeof type === 'string'
          ? `is of the unknown type ${JSON.stringify(type.slice(0, 60))}`
          : 'has no "type"',
      );
  }
}

function known(shape: unknown, reason: string): DatumaroShape {
  return isKnownShape(shape) ? { shape: shape as Shape } : bad(reason);
}

function bad(reason: string): DatumaroShape {
  return { code: 'datumaro-bad-shape', reason };
}

function rotationOf(record: JsonRecord): number {
  return normalisedDegrees(numberFrom(recordFrom(record.attributes).rotation) ?? 0);
}

function boxFrom(record: JsonRecord): unknown {
  if (!Array.isArray(record.bbox) || record.bbox.length !== 4) return null;
  const [x, y, width, height] = record.bbox.map(numberFrom);
  if (x == null || y == null || width == null || height == null) return null;
  const rotation = rotationOf(record);
  if (rotation === 0) return { type: 'box', x, y, width, height };
  return { type: 'rotated-box', cx: x + width / 2, cy: y + height / 2, width, height, rotation };
}

function rotatedBoxFrom(record: JsonRecord): unknown {
  const [cx, cy, width, height, angle] = listFrom(record.points).map(numberFrom);
  return { type: 'rotated-box', cx, cy, width, height, rotation: normalisedDegrees(angle ?? Number.NaN) };
}

function ellipseFrom(record: JsonRecord): unknown {
  const [left, top, right, bottom] = listFrom(record.points).map(numberFrom);
  if (left == null || top == null || right == null || bottom == null) return null;
  return {
    type: 'ellipse',
    cx: (left + right) / 2,
    cy: (top + bottom) / 2,
    rx: (right - left) / 2,
    ry: (bottom - top) / 2,
    rotation: rotationOf(record),
  };
}

/** `[x, y, x, y, …]` or `[[x, y], …]`; empty when it is neither, so that the shape is refused. */
function verticesFrom(value: unknown): readonly Vertex[] {
  const numbers = listFrom(value).flatMap((entry) => (Array.isArray(entry) ? (entry as unknown[]) : [entry]));
  const vertices: Vertex[] = [];
  if (numbers.length % 2 !== 0) return [];
  for (let at = 0; at < numbers.length; at += 2) {
    const [x, y] = [numberFrom(numbers[at]), numberFrom(numbers[at + 1])];
    if (x === null || y === null) return [];
    vertices.push({ x, y });
  }
  return vertices;
}

function visibilityFrom(value: unknown): JointVisibility {
  return value === 0 || value === 1 ? value : 2;
}

/** Points of a label with as many joints are its skeleton; others are points. */
function pointsFrom(record: JsonRecord, skeleton: Skeleton | null): unknown {
  const points = verticesFrom(record.points);
  if (skeleton === null || skeleton.joints.length !== points.length) return { type: 'points', points };
  const visibility = listFrom(record.visibility);
  return {
    type: 'skeleton',
    joints: points.map(({ x, y }, at) => ({
      name: skeleton.joints[at],
      x,
      y,
      visibility: visibilityFrom(visibility[at]),
    })),
    edges: skeleton.edges,
  };
}

/** CVAT's skeletons: one `points` of one point for each joint, whose label is the joint's name. */
function skeletonFrom(record: JsonRecord, skeleton: Skeleton | null, nameById: readonly string[]): unknown {
  const byName = new Map<string, unknown>();
  for (const element of listFrom(record.elements)) {
    if (!isRecord(element)) return null;
    const name = typeof element.label_id === 'number' ? nameById[element.label_id] : undefined;
    const [place] = verticesFrom(element.points);
    if (name === undefined || place === undefined || byName.has(name)) return null;
    byName.set(name, { name, ...place, visibility: visibilityFrom(listFrom(element.visibility)[0]) });
  }
  if (byName.size === 0) return null;
  if (skeleton === null || ![...byName.keys()].every((name) => skeleton.joints.includes(name))) {
    return { type: 'skeleton', joints: [...byName.values()], edges: [] };
  }
  const joints = skeleton.joints.map((name) => byName.get(name) ?? { name, x: 0, y: 0, visibility: 0 });
  return { type: 'skeleton', joints, edges: skeleton.edges };
}

function cuboidFrom(record: JsonRecord): unknown {
  const corners = verticesFrom(record.points);
  if (corners.length !== 8) return null;
  return {
    type: 'cuboid',
    front: CUBOID_FRONT.map((at) => corners[at]),
    back: CUBOID_BACK.map((at) => corners[at]),
  };
}
