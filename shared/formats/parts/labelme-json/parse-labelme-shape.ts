import type { Shape, Vertex } from '../../../schema/shapes';
import { LARGEST_SIDE } from '../../../schema/shapes/mask';
import { shapeOfRaster } from '../../../shapes/mask/mask-pixels';
import { bytesFromBase64 } from '../base64';
import { boxFromEdges } from '../box-from-edges';
import type { JsonRecord } from '../json/json-values';
import { OWN_FIELD, polygonOfPart } from '../object-parts';
import { decodePng, valuesOfPng } from '../png/decode-png';
import { openRing, rotatedBoxFromCorners, verticesFromPairs } from '../vertices';

export type ParsedShape =
  | {
      readonly shape: Shape;
      /** What was not taken as it stands, to follow the place of the shape. */
      readonly remark?: { readonly code: string; readonly reason: string };
    }
  | { readonly code: string; readonly reason: string };

const bad = (reason: string): ParsedShape => ({ code: 'labelme-bad-shape', reason });

/** The geometry of one element of "shapes" in image px, or why it has none. */
export function parseLabelmeShape(record: JsonRecord): ParsedShape {
  const points = verticesFromPairs(record.points);
  if (points === null) return bad('has "points" that are not a list of [x, y] within bounds');
  // labelme reads a missing type as a polygon.
  const type = record.shape_type ?? 'polygon';
  switch (type) {
    case 'rectangle':
      return rectangle(points);
    case 'polygon': {
      const ring = openRing(points);
      if (ring.length < 3) return bad(`is a polygon of ${ring.length} points`);
      return withHoles(ring, record[OWN_FIELD]);
    }
    case 'quadrilateral':
      return points.length === 4
        ? { shape: polygonOf(points) }
        : bad(`is a quadrilateral of ${points.length} points`);
    case 'oriented_rectangle':
    case 'rotation':
      return turned(points);
    case 'circle':
      return circle(points);
    case 'line':
    case 'linestrip':
      return points.length < 2
        ? bad(`is a line of ${points.length} points`)
        : { shape: { type: 'polyline', points } };
    case 'point':
    case 'points':
      return points.length === 0 ? bad('has no point') : { shape: { type: 'points', points } };
    case 'cuboid':
      return cuboid(points);
    case 'mask':
      return mask(points, record.mask);
    default:
      return {
        code: 'labelme-unknown-shape',
        reason: `is of the kind ${JSON.stringify(type)?.slice(0, 100)}, which is not known`,
      };
  }
}

function polygonOf(exterior: readonly Vertex[]): Shape {
  return { type: 'polygon', parts: [{ exterior, holes: [] }] };
}

function withHoles(exterior: readonly Vertex[], own: unknown): ParsedShape {
  const { shape, hasLostHoles } = polygonOfPart(exterior, own);
  if (!hasLostHoles) return { shape };
  return {
    shape,
    remark: {
      code: 'polygon-holes-dropped',
      reason:
        'had holes, but its outline was changed by a program that does not know them; it was read without',
    },
  };
}

/** Two opposite corners in any order; X-AnyLabeling writes all four since 2.2. */
function rectangle(points: readonly Vertex[]): ParsedShape {
  if (points.length !== 2 && points.length !== 4) return bad(`is a rectangle of ${points.length} points`);
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const box = boxFromEdges(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
  return box === null ? bad('is a rectangle without area') : { shape: box };
}

function turned(points: readonly Vertex[]): ParsedShape {
  if (points.length !== 4) return bad(`is a turned rectangle of ${points.length} points`);
  const box = rotatedBoxFromCorners(points);
  if (box !== null) return { shape: box };
  return {
    shape: polygonOf(points),
    remark: {
      code: 'labelme-skewed-box',
      reason: 'is called a turned rectangle, but its corners make none; it was read as a polygon',
    },
  };
}

/** The centre and a point on the edge. */
function circle(points: readonly Vertex[]): ParsedShape {
  const [centre, edge] = points;
  if (points.length !== 2 || centre === undefined || edge === undefined) {
    return bad(`is a circle of ${points.length} points`);
  }
  const radius = Math.hypot(edge.x - centre.x, edge.y - centre.y);
  return radius > 0
    ? { shape: { type: 'ellipse', cx: centre.x, cy: centre.y, rx: radius, ry: radius, rotation: 0 } }
    : bad('is a circle without a radius');
}

/** The near face and the far one, each clockwise from the top left corner. */
function cuboid(points: readonly Vertex[]): ParsedShape {
  const [a, b, c, d, e, f, g, h] = points;
  if (points.length !== 8 || !a || !b || !c || !d || !e || !f || !g || !h) {
    return bad(`is a cuboid of ${points.length} points`);
  }
  return { shape: { type: 'cuboid', front: [a, b, c, d], back: [e, f, g, h] } };
}

/** A PNG of the window between two corners, both inside; set is what is not 0. */
function mask(points: readonly Vertex[], picture: unknown): ParsedShape {
  const [corner] = points;
  if (corner === undefined || typeof picture !== 'string') return bad('is a mask without pixels or place');
  const bytes = bytesFromBase64(picture);
  const png = bytes === null ? null : decodePng(bytes, 'the mask');
  if (png?.ok !== true) return bad('has a mask that is no base64 of a PNG');
  const { width, height } = png.value;
  // labelme cuts the corner's fraction off.
  const [x, y] = [Math.trunc(corner.x), Math.trunc(corner.y)];
  if (Math.max(width, height, Math.abs(x), Math.abs(y)) > LARGEST_SIDE)
    return bad('has a mask larger than any picture');
  const values = valuesOfPng(png.value);
  const shape = shapeOfRaster({
    x,
    y,
    width,
    height,
    data: Uint8Array.from(values, (value) => (value === 0 ? 0 : 1)),
  });
  return shape === null ? bad('has a mask that sets no pixel') : { shape };
}
