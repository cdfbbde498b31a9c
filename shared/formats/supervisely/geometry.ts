import { zlibSync } from 'fflate';
import { normalisedDegrees } from '../../geometry/affine';
import { maskOfRaster } from '../../geometry/mask-runs';
import type { MaskShape, PolygonPart, Shape, ShapeType, SkeletonShape, Vertex } from '../../schema/shapes';
import { isKnownShape } from '../../schema/shapes/known-shape';
import { rasterOfShape, shapeOfRuns } from '../../shapes/mask/mask-pixels';
import { base64FromBytes, bytesFromBase64 } from '../parts/base64';
import { isRecord, type JsonRecord, listFrom, numberFrom, recordFrom } from '../parts/json/json-values';
import { decodePng } from '../parts/png/decode-png';
import { encodePng } from '../parts/png/encode-png';
import { unzlibBounded } from '../parts/unzlib-bounded';
import type { GraphTemplate } from './project-meta';

/** A compressed PNG is larger than its pixels in no case that a mask makes. */
const MAX_BITMAP_BYTES = 64 * 1024 * 1024;

const FACES = ['topleft', 'topright', 'bottomright', 'bottomleft'] as const;

/** Supervisely's names of geometries, by our kind of shape; null for kinds it has none for. */
export const GEOMETRY_OF: Readonly<Record<ShapeType, string | null>> = {
  box: 'rectangle',
  'rotated-box': 'oriented_bbox',
  polygon: 'polygon',
  polyline: 'line',
  points: 'point',
  skeleton: 'graph',
  mask: 'bitmap',
  cuboid: 'cuboid_2d',
  tag: null,
  ellipse: null,
};

/** Our kind of shape by the geometry that a class allows; null for `any` and what we do not know. */
export function shapeTypeOf(geometry: unknown): ShapeType | null {
  if (geometry === 'multipolygon') return 'polygon';
  if (geometry === 'polyline') return 'polyline';
  const found = Object.entries(GEOMETRY_OF).find(([, name]) => name !== null && name === geometry);
  return found === undefined ? null : (found[0] as ShapeType);
}

export type GeometryRead =
  | { readonly shape: Shape }
  /** For a person, to follow "object 3 of a.jpg.json". */
  | { readonly code: string; readonly reason: string };

/**
 * The shape of an object in image px. Coordinates are continuous, as in Supervisely's labelling tool; with `isInclusive`
 * the far corner of a rectangle is its last pixel, as its Python SDK counts.
 */
export function shapeOfObject(
  record: JsonRecord,
  template: GraphTemplate | null,
  isInclusive: boolean,
): GeometryRead {
  const type = record.geometryType;
  const points = recordFrom(record.points);
  switch (type) {
    case 'rectangle':
      return known(
        rectangleFrom(listFrom(points.exterior), isInclusive),
        'has no two corners with an area between them',
      );
    case 'oriented_bbox':
      return known(orientedFrom(record, isInclusive), 'has no two corners and an angle');
    case 'polygon':
      return known({ type: 'polygon', parts: [partFrom(points)] }, 'has a ring that is none');
    case 'multipolygon':
      return known(
        { type: 'polygon', parts: listFrom(record.parts).map((part) => partFrom(recordFrom(part))) },
        'has a ring that is none',
      );
    case 'line':
    case 'polyline':
      return known({ type: 'polyline', points: verticesFrom(points.exterior) }, 'has fewer than two points');
    case 'point':
      return known({ type: 'points', points: verticesFrom(points.exterior) }, 'has no point');
    case 'graph':
      return known(graphFrom(record.nodes, template), 'has no usable "nodes"');
    case 'cuboid_2d':
      return known(cuboidFrom(recordFrom(record.vertices)), 'has no eight "vertices"');
    case 'cuboid':
      return known(oldCuboidFrom(record), 'has no seven corners and three faces');
    case 'bitmap':
    case 'alpha_mask':
      return bitmapFrom(recordFrom(record.bitmap));
    default:
      return typeof type === 'string'
        ? { code: 'unsupported-shape', reason: `is a ${type.slice(0, 40)}, which has no place in this app` }
        : bad('has no "geometryType"');
  }
}

function known(shape: unknown, reason: string): GeometryRead {
  return isKnownShape(shape) ? { shape: shape as Shape } : bad(reason);
}

function bad(reason: string): GeometryRead {
  return { code: 'supervisely-bad-shape', reason };
}

function verticesFrom(value: unknown): readonly Vertex[] {
  const vertices: Vertex[] = [];
  for (const pair of listFrom(value)) {
    const [x, y] = listFrom(pair);
    const [column, row] = [numberFrom(x), numberFrom(y)];
    if (column === null || row === null) return [];
    vertices.push({ x: column, y: row });
  }
  return vertices;
}

function partFrom({ exterior, interior }: JsonRecord): PolygonPart {
  return { exterior: verticesFrom(exterior), holes: listFrom(interior).map(verticesFrom) };
}

function rectangleFrom(corners: readonly unknown[], isInclusive: boolean): unknown {
  const [a, b, ...more] = verticesFrom(corners);
  if (a === undefined || b === undefined || more.length > 0) return null;
  const last = isInclusive ? 1 : 0;
  return {
    type: 'box',
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    width: Math.abs(b.x - a.x) + last,
    height: Math.abs(b.y - a.y) + last,
  };
}

function orientedFrom(record: JsonRecord, isInclusive: boolean): unknown {
  const box = rectangleFrom(listFrom(record.points), isInclusive);
  const angle = numberFrom(record.angle);
  if (!isRecord(box) || angle === null) return null;
  const { x, y, width, height } = box as unknown as { x: number; y: number; width: number; height: number };
  return {
    type: 'rotated-box',
    cx: x + width / 2,
    cy: y + height / 2,
    width,
    height,
    rotation: normalisedDegrees((angle * 180) / Math.PI),
  };
}

/** Nodes by key; a node of the template that is missing is not labelled, one that is disabled is hidden. */
function graphFrom(nodes: unknown, template: GraphTemplate | null): unknown {
  const given = recordFrom(nodes);
  const keys = template?.keys ?? Object.keys(given);
  if (keys.length === 0 || !Object.keys(given).some((key) => keys.includes(key))) return null;
  const joints: unknown[] = [];
  for (const [at, key] of keys.entries()) {
    const name = template?.joints[at] ?? key.slice(0, 100);
    const node = Object.hasOwn(given, key) ? recordFrom(given[key]) : null;
    const place = node === null ? { x: 0, y: 0 } : verticesFrom([node.loc])[0];
    if (place === undefined) return null;
    joints.push({ name, ...place, visibility: node === null ? 0 : node.disabled === true ? 1 : 2 });
  }
  return { type: 'skeleton', joints, edges: template?.edges ?? [] };
}

function cuboidFrom(vertices: JsonRecord): unknown {
  const face = (number: 1 | 2) =>
    FACES.map((corner) => verticesFrom([recordFrom(vertices[`face${number}-${corner}`]).loc])[0]);
  return { type: 'cuboid', front: face(1), back: face(2) };
}

/** The seven corners that are seen, of which faces name three; the eighth is where the parallelogram closes. */
function oldCuboidFrom(record: JsonRecord): unknown {
  const corners = verticesFrom(record.points);
  const [front, top] = listFrom(record.faces).map((face) => listFrom(face).map((at) => corners[Number(at)]));
  const right = listFrom(listFrom(record.faces)[2]).map((at) => corners[Number(at)]);
  const [backLeft, backRight] = [top?.[1], top?.[2]];
  const backBottom = right[2];
  if (front?.length !== 4 || backLeft === undefined || backRight === undefined || backBottom === undefined)
    return null;
  const closing = { x: backLeft.x + backBottom.x - backRight.x, y: backLeft.y + backBottom.y - backRight.y };
  return { type: 'cuboid', front, back: [backLeft, backRight, backBottom, closing] };
}

/** base64 of a zlib stream of a PNG: set where there is alpha, or where a grey or indexed picture is not 0. */
function bitmapFrom({ data, origin }: JsonRecord): GeometryRead {
  const [left, top] = listFrom(origin).map(numberFrom);
  const packed = typeof data === 'string' ? bytesFromBase64(data) : null;
  const bytes = packed === null ? null : unzlibBounded(packed, MAX_BITMAP_BYTES);
  const png = bytes === null ? null : decodePng(bytes, 'a bitmap');
  if (
    png === null ||
    !png.ok ||
    left == null ||
    top == null ||
    !Number.isInteger(left) ||
    !Number.isInteger(top)
  ) {
    return bad('has a "bitmap" that is no compressed PNG with an origin');
  }
  const { width, height, channels, samples } = png.value;
  const set = new Uint8Array(width * height);
  const looked = channels === 1 || channels === 3 ? 0 : channels - 1;
  for (let pixel = 0; pixel < set.length; pixel += 1)
    set[pixel] = samples[pixel * channels + looked] === 0 ? 0 : 1;
  const mask = maskOfRaster({ x: left, y: top, width, height, data: set });
  return mask === null
    ? bad('has a "bitmap" with no pixel set')
    : known(shapeOfRuns(mask), 'has a "bitmap" too large');
}

/** Fields of the objects that stand for a shape, one each; several points are as many objects. Null: it has no geometry. */
export function objectFields(shape: Shape, template: GraphTemplate | null): readonly JsonRecord[] | null {
  const geometryType = GEOMETRY_OF[shape.type];
  switch (shape.type) {
    case 'box': {
      const { x, y, width, height } = shape;
      return [
        {
          geometryType,
          points: {
            exterior: [
              [x, y],
              [x + width, y + height],
            ],
            interior: [],
          },
        },
      ];
    }
    case 'rotated-box': {
      const { cx, cy, width, height, rotation } = shape;
      const corners = [-1, 1].map((side) => [cx + (side * width) / 2, cy + (side * height) / 2]);
      return [{ geometryType, points: corners, angle: (rotation * Math.PI) / 180 }];
    }
    case 'polygon': {
      const parts = shape.parts.map(({ exterior, holes }) => ({
        exterior: pairs(exterior),
        interior: holes.map(pairs),
      }));
      return parts.length === 1
        ? [{ geometryType, points: parts[0] }]
        : [{ geometryType: 'multipolygon', parts }];
    }
    case 'polyline':
      return [{ geometryType, points: { exterior: pairs(shape.points), interior: [] } }];
    case 'points':
      return shape.points.map((point) => ({
        geometryType,
        points: { exterior: pairs([point]), interior: [] },
      }));
    case 'skeleton':
      return [{ geometryType, nodes: nodesOf(shape, template) }];
    case 'cuboid': {
      const corners = [shape.front, shape.back].flatMap((face, number) =>
        FACES.map(
          (corner, at) => [`face${number + 1}-${corner}`, { loc: pairs(face.slice(at, at + 1))[0] }] as const,
        ),
      );
      return [{ geometryType, vertices: Object.fromEntries(corners) }];
    }
    case 'mask':
      return [{ geometryType, bitmap: { data: bitmapOf(shape), origin: [shape.x, shape.y] } }];
    case 'tag':
    case 'ellipse':
      return null;
  }
}

function pairs(points: readonly Vertex[]): readonly (readonly [number, number])[] {
  return points.map(({ x, y }) => [x, y]);
}

/** By the keys of the class's template where a joint has its name there; a joint that is not labelled is left out. */
function nodesOf({ joints }: SkeletonShape, template: GraphTemplate | null): JsonRecord {
  return Object.fromEntries(
    joints.flatMap(({ name, x, y, visibility }, at) => {
      if (visibility === 0) return [];
      const known = template?.joints.indexOf(name) ?? -1;
      const key = known >= 0 ? (template?.keys[known] ?? '') : graphKey(at);
      return [[key, { loc: [x, y], ...(visibility === 1 ? { disabled: true } : {}) }] as const];
    }),
  );
}

/** A key that is no number: objects of JavaScript and Python would sort or convert those. */
export function graphKey(at: number): string {
  return `joint-${at + 1}`;
}

function bitmapOf(shape: MaskShape): string {
  const { data, width, height } = rasterOfShape(shape);
  const png = encodePng({ width, height, channels: 1, samples: data.map((set) => set * 255) });
  return base64FromBytes(zlibSync(png, { level: 6 }));
}
