import { normalisedDegrees } from '../../geometry/affine';
import type { Size } from '../../geometry/rect';
import { outOfFrame } from '../../geometry/turned-frame';
import type { Shape, Vertex } from '../../schema/shapes';
import { LARGEST_COORDINATE, MAX_VERTICES } from '../../schema/shapes/coordinate';
import { boxFromCorner } from '../parts/box-from-edges';
import { isRecord, type JsonRecord, listFrom, numberFrom, recordFrom } from '../parts/json/json-values';
import { polygonOfPart } from '../parts/object-parts';
import { openRing, vertexFrom } from '../parts/vertices';
import { maskFromBrush } from './brush-rle';

export type RegionKind = 'rectangle' | 'ellipse' | 'polygon' | 'keypoint' | 'brush' | 'vector';

/** The kind of region that an item draws; null for one that only says something of a region or a picture. */
export function regionKindOf({ type, value }: JsonRecord): RegionKind | null {
  switch (type) {
    case 'rectangle':
    case 'rectanglelabels':
      return 'rectangle';
    case 'ellipse':
    case 'ellipselabels':
      return 'ellipse';
    case 'polygon':
    case 'polygonlabels':
      return 'polygon';
    case 'keypoint':
    case 'keypointlabels':
      return 'keypoint';
    case 'brush':
    case 'brushlabels':
    case 'magicwand':
    case 'magicwandlabels':
      return 'brush';
    case 'vector':
    case 'vectorlabels':
      return 'vector';
    // "Labels" go with any tool; the place tells which.
    case 'labels':
      return kindOfPlace(recordFrom(value));
    default:
      return null;
  }
}

function kindOfPlace(value: JsonRecord): RegionKind | null {
  if (value.rle !== undefined) return 'brush';
  if (value.vertices !== undefined) return 'vector';
  if (value.points !== undefined) return 'polygon';
  if (value.radiusX !== undefined) return 'ellipse';
  if (value.x === undefined) return null;
  return value.height === undefined ? 'keypoint' : 'rectangle';
}

export interface RegionGeometry {
  readonly shape: Shape;
  /** What was not taken as it stands, to follow the place of the region. */
  readonly remark?: { readonly code: string; readonly reason: string };
}

/**
 * The shape of a region in image px, or why it has none, to follow its place. Places are percent of the picture's sides.
 *
 * @param own what this app keeps beside the region.
 */
export function regionGeometry(
  kind: RegionKind,
  value: JsonRecord,
  size: Size,
  own: JsonRecord,
): RegionGeometry | string {
  switch (kind) {
    case 'rectangle':
      return rectangle(value, size, own.isTurned === true);
    case 'ellipse':
      return ellipse(value, size);
    case 'polygon': {
      const ring = openRing(
        listFrom(value.points).length > MAX_VERTICES ? [] : placesOf(listFrom(value.points), size),
      );
      if (ring.length < 3) return 'is a polygon without three points';
      const { shape, hasLostHoles } = polygonOfPart(ring, ownInPx(own, size));
      return hasLostHoles ? { shape, remark: LOST_HOLES } : { shape };
    }
    case 'keypoint': {
      const place = placeOf(value.x, value.y, size);
      return place === null ? 'is a point without a place' : { shape: { type: 'points', points: [place] } };
    }
    case 'brush': {
      if (value.format !== undefined && value.format !== 'rle') return 'is a brush whose "format" is not rle';
      const mask = maskFromBrush(value.rle, size);
      if (mask === null) return 'is a brush whose "rle" is damaged or of a picture of another size';
      return mask === 'empty' ? 'is a brush that sets no pixel' : { shape: mask };
    }
    case 'vector':
      return vector(value, size);
  }
}

const LOST_HOLES = {
  code: 'polygon-holes-dropped',
  reason: 'had holes, but its outline was changed since; it was read without',
};

/** Holes and the outline that they belong to are kept in percent as all places are. */
function ownInPx(own: JsonRecord, size: Size): unknown {
  if (own.holes === undefined) return own;
  const inPx = (list: unknown) => {
    const places = listFrom(list).map((pair) =>
      Array.isArray(pair) ? placeOf(pair[0], pair[1], size) : null,
    );
    return places.map((place) => (place === null ? null : [place.x, place.y]));
  };
  return { ...own, exterior: inPx(own.exterior), holes: listFrom(own.holes).map(inPx) };
}

function placeOf(x: unknown, y: unknown, { width, height }: Size): Vertex | null {
  const [left, top] = [numberFrom(x), numberFrom(y)];
  return left === null || top === null ? null : vertexFrom((left * width) / 100, (top * height) / 100);
}

/** None when one of them is none. */
function placesOf(pairs: readonly unknown[], size: Size): readonly Vertex[] {
  const places: Vertex[] = [];
  for (const pair of pairs) {
    const place = Array.isArray(pair) ? placeOf(pair[0], pair[1], size) : null;
    if (place === null) return [];
    places.push(place);
  }
  return places;
}

/**
 * `x`, `y` is the top left corner after the turn, which is about that corner, clockwise; lengths are percent of the
 * picture's sides before it. A negative length runs the other way.
 */
function rectangle(value: JsonRecord, size: Size, isTurned: boolean): RegionGeometry | string {
  const corner = placeOf(value.x, value.y, size);
  const across = numberFrom(value.width);
  const down = numberFrom(value.height);
  const rotation = value.rotation === undefined || value.rotation === null ? 0 : numberFrom(value.rotation);
  if (corner === null || across === null || down === null || rotation === null) {
    return 'is a rectangle without a place or size';
  }
  const width = (across * size.width) / 100;
  const height = (down * size.height) / 100;
  const degrees = normalisedDegrees(rotation);
  const box = boxFromCorner(
    width < 0 ? corner.x + width : corner.x,
    height < 0 ? corner.y + height : corner.y,
    Math.abs(width),
    Math.abs(height),
  );
  if (box === null) return 'is a rectangle without area';
  if (degrees === 0 && !isTurned) return { shape: box };
  const centre = outOfFrame({ cx: corner.x, cy: corner.y, rotation: degrees }, width / 2, height / 2);
  const place = vertexFrom(centre.x, centre.y);
  if (place === null) return 'is a rectangle beyond all pictures';
  const { width: w, height: h } = box;
  return { shape: { type: 'rotated-box', cx: place.x, cy: place.y, width: w, height: h, rotation: degrees } };
}

/** The centre and half axes, turned about the centre. */
function ellipse(value: JsonRecord, size: Size): RegionGeometry | string {
  const centre = placeOf(value.x, value.y, size);
  const rx = ((numberFrom(value.radiusX) ?? 0) * size.width) / 100;
  const ry = ((numberFrom(value.radiusY) ?? 0) * size.height) / 100;
  const rotation = value.rotation === undefined || value.rotation === null ? 0 : numberFrom(value.rotation);
  const isSound = rx > 0 && ry > 0 && Math.max(rx, ry) <= LARGEST_COORDINATE;
  if (centre === null || rotation === null || !isSound) return 'is an ellipse without a place or size';
  return {
    shape: { type: 'ellipse', cx: centre.x, cy: centre.y, rx, ry, rotation: normalisedDegrees(rotation) },
  };
}

/** A path in the order of its vertices; a closed one is a polygon. */
function vector(value: JsonRecord, size: Size): RegionGeometry | string {
  const vertices = listFrom(value.vertices).filter(isRecord);
  if (vertices.length > MAX_VERTICES) return 'is a path of too many points';
  const points = placesOf(
    vertices.map(({ x, y }) => [x, y]),
    size,
  );
  const isClosed = value.closed === true;
  if (points.length < (isClosed ? 3 : 2)) return 'is a path without enough points';
  const shape: Shape = isClosed
    ? { type: 'polygon', parts: [{ exterior: points, holes: [] }] }
    : { type: 'polyline', points };
  const isCurved = vertices.some(({ isBezier }) => isBezier === true);
  if (!isCurved) return { shape };
  return {
    shape,
    remark: {
      code: 'label-studio-curve-straightened',
      reason: 'is a curve; it was read with straight sides',
    },
  };
}
