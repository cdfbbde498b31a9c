import { normalisedDegrees } from '../../../geometry/affine';
import type { PolygonPart, Shape, SkeletonShape, Vertex } from '../../../schema/shapes';
import { LARGEST_COORDINATE, MAX_VERTICES } from '../../../schema/shapes/coordinate';
import { MAX_RINGS } from '../../../schema/shapes/polygon';
import { MAX_JOINTS } from '../../../schema/shapes/skeleton';
import type { DatasetLabel } from '../../format';
import { boxFromEdges } from '../box-from-edges';
import { decimalOf, type XmlElement } from '../xml/xml-element';
import { maskOfRowRuns } from './cvat-rle';

/** A clause that follows `file, line n: a polygon of car `. */
export interface CvatFault {
  readonly reason: string;
}

export const CVAT_SHAPES: ReadonlySet<string> = new Set([
  'box',
  'polygon',
  'polyline',
  'points',
  'ellipse',
  'cuboid',
  'mask',
  'skeleton',
  'tag',
]);

/** The shape of an element of CVAT, in image px. */
export function parseCvatShape(
  element: XmlElement,
  skeleton: DatasetLabel['skeleton'] | null,
): Shape | CvatFault {
  switch (element.name) {
    case 'box':
      return boxOf(element);
    case 'ellipse':
      return ellipseOf(element);
    case 'cuboid':
      return cuboidOf(element);
    case 'mask':
      return maskOf(element);
    case 'skeleton':
      return skeletonOf(element, skeleton);
    case 'tag':
      return { type: 'tag' };
    default:
      return pathOf(element);
  }
}

function numbersOf(element: XmlElement, names: readonly string[]): readonly number[] | null {
  const numbers: number[] = [];
  for (const name of names) {
    const value = decimalOf(element.attributes.get(name) ?? '');
    if (value === null || Math.abs(value) > LARGEST_COORDINATE) return null;
    numbers.push(value);
  }
  return numbers;
}

function noNumbers(element: XmlElement, names: readonly string[]): CvatFault {
  const given = names.map((name) => (element.attributes.get(name) ?? '?').slice(0, 20));
  return { reason: `has no numbers where they belong (${names.join(', ')}: ${given.join(', ')})` };
}

const EDGES = ['xtl', 'ytl', 'xbr', 'ybr'];

/** Turned about its middle where `rotation` is there, clockwise in degrees; the corners are those before turning. */
function boxOf(element: XmlElement): Shape | CvatFault {
  const [left = 0, top = 0, right = 0, bottom = 0] = numbersOf(element, EDGES) ?? [];
  if (numbersOf(element, EDGES) === null) return noNumbers(element, EDGES);
  const box = boxFromEdges(left, top, right, bottom);
  if (box === null) return { reason: `ends before it begins (${left}, ${top}, ${right}, ${bottom})` };
  const rotation = rotationOf(element);
  if (rotation === null) return box;
  return {
    type: 'rotated-box',
    cx: (left + right) / 2,
    cy: (top + bottom) / 2,
    width: box.width,
    height: box.height,
    rotation,
  };
}

/** Null where none is given, which CVAT does for upright boxes. */
function rotationOf(element: XmlElement): number | null {
  const given = element.attributes.get('rotation');
  const degrees = given === undefined ? null : decimalOf(given);
  return degrees === null ? null : normalisedDegrees(degrees);
}

const ELLIPSE = ['cx', 'cy', 'rx', 'ry'];

function ellipseOf(element: XmlElement): Shape | CvatFault {
  const numbers = numbersOf(element, ELLIPSE);
  if (numbers === null) return noNumbers(element, ELLIPSE);
  const [cx = 0, cy = 0, rx = 0, ry = 0] = numbers;
  if (!(rx > 0 && ry > 0)) return { reason: `has no extent (${rx}, ${ry})` };
  return { type: 'ellipse', cx, cy, rx, ry, rotation: rotationOf(element) ?? 0 };
}

/** CVAT's corners in its order: the upright edges front left, front right, back right, back left, each from the top. */
export const CUBOID_CORNERS: readonly string[] = ['tl1', 'bl1', 'tr1', 'br1', 'tl2', 'bl2', 'tr2', 'br2'];
const CUBOID = CUBOID_CORNERS.flatMap((corner) => [`x${corner}`, `y${corner}`]);

function cuboidOf(element: XmlElement): Shape | CvatFault {
  const numbers = numbersOf(element, CUBOID);
  if (numbers === null) return noNumbers(element, ['xtl1', 'ytl1', 'xbr2', 'ybr2']);
  const at = (index: number): Vertex => ({ x: numbers[2 * index] ?? 0, y: numbers[2 * index + 1] ?? 0 });
  return {
    type: 'cuboid',
    front: [at(0), at(2), at(3), at(1)],
    back: [at(6), at(4), at(5), at(7)],
  };
}

const WINDOW = ['left', 'top', 'width', 'height'];

function maskOf(element: XmlElement): Shape | CvatFault {
  const numbers = numbersOf(element, WINDOW);
  if (numbers === null || !numbers.every(Number.isInteger)) return noNumbers(element, WINDOW);
  const [x = 0, y = 0, width = 0, height = 0] = numbers;
  const mask = maskOfRowRuns(element.attributes.get('rle') ?? '', { x, y, width, height });
  return (
    mask ?? { reason: `has an "rle" that does not fill its ${width} × ${height} px, or no pixel at all` }
  );
}

const LEAST_POINTS: Readonly<Record<string, number>> = { polygon: 3, polyline: 2, points: 1 };

function pathOf(element: XmlElement): Shape | CvatFault {
  const points = pointsOf(element.attributes.get('points') ?? '');
  const least = LEAST_POINTS[element.name] ?? 1;
  if (points === null) return { reason: 'has "points" that are no pairs of numbers' };
  if (points.length < least) return { reason: `has ${points.length} points; it needs ${least}` };
  if (element.name === 'polygon') {
    const holes = ringsOf(element.attributes.get('holes') ?? '');
    return { type: 'polygon', parts: [{ exterior: points, holes }, ...furtherParts(element)] };
  }
  return { type: element.name === 'polyline' ? 'polyline' : 'points', points };
}

/** Ours: rings between bars. One that cannot be read is none. */
function ringsOf(text: string): readonly (readonly Vertex[])[] {
  if (text === '') return [];
  return text
    .split('|', MAX_RINGS)
    .map(pointsOf)
    .filter((ring): ring is readonly Vertex[] => ring !== null && ring.length >= 3);
}

/** Ours: further parts of a polygon between slashes, each an outline and its holes. */
function furtherParts(element: XmlElement): readonly PolygonPart[] {
  const given = element.attributes.get('more');
  if (given === undefined) return [];
  return given.split('/', MAX_RINGS - 1).flatMap((part) => {
    const [exterior, ...holes] = ringsOf(part);
    return exterior === undefined ? [] : [{ exterior, holes }];
  });
}

/** `x,y;x,y;…` */
function pointsOf(text: string): readonly Vertex[] | null {
  const points: Vertex[] = [];
  if (text.trim() === '') return points;
  for (const pair of text.split(';')) {
    const comma = pair.indexOf(',');
    const x = comma < 0 ? null : decimalOf(pair.slice(0, comma));
    const y = comma < 0 ? null : decimalOf(pair.slice(comma + 1));
    if (x === null || y === null || points.length === MAX_VERTICES) return null;
    if (Math.abs(x) > LARGEST_COORDINATE || Math.abs(y) > LARGEST_COORDINATE) return null;
    points.push({ x, y });
  }
  return points;
}

/** Joints as elements of their own: `outside` means not labelled, `occluded` hidden. Edges come from the label. */
function skeletonOf(element: XmlElement, template: DatasetLabel['skeleton'] | null): Shape | CvatFault {
  const joints: { name: string; x: number; y: number; visibility: 0 | 1 | 2 }[] = [];
  for (const child of element.children) {
    if (child.name !== 'points') continue;
    const [place] = pointsOf(child.attributes.get('points') ?? '') ?? [];
    const name = (child.attributes.get('label') ?? '').trim().slice(0, 100);
    if (place === undefined || name === '') return { reason: 'has a joint without a name or a place' };
    const isOutside = child.attributes.get('outside') === '1';
    const visibility = isOutside ? 0 : child.attributes.get('occluded') === '1' ? 1 : 2;
    joints.push({ name, x: place.x, y: place.y, visibility });
  }
  if (joints.length === 0 || joints.length > MAX_JOINTS) return { reason: `has ${joints.length} joints` };
  return inOrder(joints, template ?? null);
}

function inOrder(joints: SkeletonShape['joints'], template: DatasetLabel['skeleton'] | null): SkeletonShape {
  const order = new Map((template?.joints ?? []).map((name, index) => [name, index]));
  const isKnown = joints.every(({ name }) => order.has(name));
  const sorted = isKnown
    ? [...joints].sort((a, b) => (order.get(a.name) ?? 0) - (order.get(b.name) ?? 0))
    : joints;
  const indexOf = new Map(sorted.map(({ name }, index) => [name, index]));
  const edges = (template?.edges ?? []).flatMap(([from, to]) => {
    const start = indexOf.get(template?.joints[from] ?? '');
    const end = indexOf.get(template?.joints[to] ?? '');
    return start === undefined || end === undefined ? [] : [[start, end] as const];
  });
  return { type: 'skeleton', joints: sorted, edges };
}
