import type { ShapeType } from '.';
import { LARGEST_COORDINATE, MAX_VERTICES } from './coordinate';
import { LARGEST_SIDE, LONGEST_RLE } from './mask';
import { MAX_RINGS } from './polygon';
import { MAX_EDGES, MAX_JOINTS } from './skeleton';

type Fields = Readonly<Record<string, unknown>>;

/** What each shape has beside its type; true only where its schema would parse it into an equal record. */
const KNOWN: Readonly<Record<ShapeType, (shape: Fields) => boolean>> = {
  box: (shape) =>
    hasKeys(shape, 5) &&
    isCoordinate(shape.x) &&
    isCoordinate(shape.y) &&
    isExtent(shape.width) &&
    isExtent(shape.height),
  'rotated-box': (shape) =>
    hasKeys(shape, 6) &&
    isCoordinate(shape.cx) &&
    isCoordinate(shape.cy) &&
    isExtent(shape.width) &&
    isExtent(shape.height) &&
    isRotation(shape.rotation),
  polygon: (shape) => hasKeys(shape, 2) && isListOf(shape.parts, 1, MAX_RINGS, isPart),
  polyline: (shape) => hasKeys(shape, 2) && isListOf(shape.points, 2, MAX_VERTICES, isVertex),
  points: (shape) => hasKeys(shape, 2) && isListOf(shape.points, 1, MAX_VERTICES, isVertex),
  skeleton: (shape) =>
    hasKeys(shape, 3) &&
    isListOf(shape.joints, 1, MAX_JOINTS, isJoint) &&
    isListOf(shape.edges, 0, MAX_EDGES, isEdge),
  ellipse: (shape) =>
    hasKeys(shape, 6) &&
    isCoordinate(shape.cx) &&
    isCoordinate(shape.cy) &&
    isExtent(shape.rx) &&
    isExtent(shape.ry) &&
    isRotation(shape.rotation),
  mask: (shape) =>
    hasKeys(shape, 6) &&
    isWhole(shape.x, -LARGEST_SIDE, LARGEST_SIDE) &&
    isWhole(shape.y, -LARGEST_SIDE, LARGEST_SIDE) &&
    isWhole(shape.width, 1, LARGEST_SIDE) &&
    isWhole(shape.height, 1, LARGEST_SIDE) &&
    typeof shape.rle === 'string' &&
    shape.rle.length >= 1 &&
    shape.rle.length <= LONGEST_RLE,
  cuboid: (shape) =>
    hasKeys(shape, 3) && isListOf(shape.front, 4, 4, isVertex) && isListOf(shape.back, 4, 4, isVertex),
  tag: (shape) => hasKeys(shape, 1),
};

/** As `isKnownAnnotation`, of a shape. */
export function isKnownShape(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { type } = value;
  return typeof type === 'string' && Object.hasOwn(KNOWN, type) && KNOWN[type as ShapeType](value);
}

function isPart(part: unknown): boolean {
  return (
    isRecord(part) &&
    hasKeys(part, 2) &&
    isListOf(part.exterior, 3, MAX_VERTICES, isVertex) &&
    isListOf(part.holes, 0, MAX_RINGS, isRing)
  );
}

function isRing(ring: unknown): boolean {
  return isListOf(ring, 3, MAX_VERTICES, isVertex);
}

function isVertex(vertex: unknown): boolean {
  return isRecord(vertex) && hasKeys(vertex, 2) && isCoordinate(vertex.x) && isCoordinate(vertex.y);
}

function isJoint(joint: unknown): boolean {
  if (!isRecord(joint) || !hasKeys(joint, 4)) return false;
  const { name, visibility } = joint;
  return (
    typeof name === 'string' &&
    name.length >= 1 &&
    name.length <= 100 &&
    name.trim() === name &&
    isCoordinate(joint.x) &&
    isCoordinate(joint.y) &&
    (visibility === 0 || visibility === 1 || visibility === 2)
  );
}

function isEdge(edge: unknown): boolean {
  return isListOf(edge, 2, 2, isIndex);
}

function isIndex(value: unknown): boolean {
  return isWhole(value, 0, Number.MAX_SAFE_INTEGER);
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function isListOf(value: unknown, least: number, most: number, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length >= least && value.length <= most && value.every(isItem);
}

// Comparisons refuse NaN by themselves.
function isCoordinate(value: unknown): boolean {
  return typeof value === 'number' && value >= -LARGEST_COORDINATE && value <= LARGEST_COORDINATE;
}

function isExtent(value: unknown): boolean {
  return typeof value === 'number' && value > 0 && value <= LARGEST_COORDINATE;
}

function isRotation(value: unknown): boolean {
  return typeof value === 'number' && value > -180 && value <= 180;
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
}

/** Exactly `count` fields, so that none is there which the schema would drop. */
function hasKeys(record: object, count: number): boolean {
  let found = 0;
  for (const _ in record) found += 1;
  return found === count;
}
