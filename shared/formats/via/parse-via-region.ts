import { normalisedDegrees } from '../../geometry/affine';
import type { EllipseShape, Shape } from '../../schema/shapes';
import { LARGEST_COORDINATE } from '../../schema/shapes/coordinate';
import { boxFromCorner } from '../parts/box-from-edges';
import type { JsonRecord } from '../parts/json/json-values';
import { OWN_FIELD, polygonOfPart } from '../parts/object-parts';
import { openRing, vertexFrom, verticesFromLists } from '../parts/vertices';

export type ParsedRegion =
  | { readonly shape: Shape; readonly hasLostHoles?: boolean }
  | { readonly code: string; readonly reason: string };

const bad = (reason: string): ParsedRegion => ({ code: 'via-bad-region', reason });

/** The geometry of a region's "shape_attributes" in image px, or why it has none. */
export function parseViaRegion(attributes: JsonRecord): ParsedRegion {
  const { name } = attributes;
  switch (name) {
    case 'rect': {
      const { x, y, width, height } = attributes;
      const isComplete = [x, y, width, height].every((value) => typeof value === 'number');
      const box = isComplete
        ? boxFromCorner(x as number, y as number, width as number, height as number)
        : null;
      return box === null ? bad('is a rectangle without a place or area') : { shape: box };
    }
    case 'polygon': {
      const vertices = verticesFromLists(attributes.all_points_x, attributes.all_points_y);
      // VIA 1 repeats the first point at the end.
      const ring = vertices === null ? [] : openRing(vertices);
      return ring.length < 3
        ? bad('is a polygon without three points')
        : polygonOfPart(ring, attributes[OWN_FIELD]);
    }
    case 'polyline': {
      const points = verticesFromLists(attributes.all_points_x, attributes.all_points_y) ?? [];
      return points.length < 2
        ? bad('is a line without two points')
        : { shape: { type: 'polyline', points } };
    }
    case 'point': {
      const place = vertexFrom(attributes.cx, attributes.cy);
      return place === null
        ? bad('is a point without a place')
        : { shape: { type: 'points', points: [place] } };
    }
    case 'circle':
      return round(attributes, attributes.r, attributes.r, 0);
    case 'ellipse':
      return round(attributes, attributes.rx, attributes.ry, attributes.theta ?? 0);
    default:
      return {
        code: 'via-unknown-shape',
        reason: `is of the kind ${JSON.stringify(name)?.slice(0, 100)}, which is not known`,
      };
  }
}

/** @param theta radians, clockwise as seen. */
function round({ cx, cy }: JsonRecord, rx: unknown, ry: unknown, theta: unknown): ParsedRegion {
  const centre = vertexFrom(cx, cy);
  if (centre === null || !isExtent(rx) || !isExtent(ry) || !isAngle(theta)) {
    return bad('is an ellipse without a place or area');
  }
  const shape: EllipseShape = {
    type: 'ellipse',
    cx: centre.x,
    cy: centre.y,
    rx,
    ry,
    rotation: normalisedDegrees((theta * 180) / Math.PI),
  };
  return { shape };
}

function isExtent(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value <= LARGEST_COORDINATE;
}

function isAngle(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
