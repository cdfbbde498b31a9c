import { normalisedDegrees } from '../../geometry/affine';
import type { PolygonShape, RotatedBoxShape, Shape } from '../../schema/shapes';
import { LARGEST_COORDINATE, MAX_VERTICES } from '../../schema/shapes/coordinate';
import { MAX_RINGS } from '../../schema/shapes/polygon';
import { rotatedBoxFromCorners } from '../parts/vertices';
import { childOf, decimalOf, textOf, type XmlElement } from '../parts/xml/xml-element';

type Points = readonly { readonly x: number; readonly y: number }[];

/**
 * `<polygon><x1/><y1/>…</polygon>` beside the box, as Roboflow and X-AnyLabeling write outlines: 0-based, whatever the box
 * is. Several polygons are the parts of one object, a `<hole>` is cut out of the polygon before it; both are ours.
 * Null when there is none, or one that is no area.
 */
export function parseVocPolygon(object: XmlElement): PolygonShape | null {
  const parts: { exterior: Points; holes: Points[] }[] = [];
  for (const child of object.children) {
    if (child.name !== 'polygon' && child.name !== 'hole') continue;
    const ring = numberedPoints(child);
    if (ring === null || ring.length < 3) return null;
    const last = parts.at(-1);
    if (child.name === 'polygon') parts.push({ exterior: ring, holes: [] });
    else if (last === undefined || last.holes.length >= MAX_RINGS) return null;
    else last.holes.push(ring);
    if (parts.length > MAX_RINGS) return null;
  }
  return parts.length === 0 ? null : { type: 'polygon', parts };
}

/**
 * A turned box: roLabelImg's `<robndbox><cx/><cy/><w/><h/><angle/></robndbox>` (radians, clockwise), or the corners of
 * `<rotated_bndbox><x1/><y1/>…</rotated_bndbox>`, which become a polygon where they are no rectangle.
 */
export function parseVocTurnedBox(object: XmlElement): Shape | null {
  const turned = childOf(object, 'robndbox');
  if (turned !== null) return byCentre(turned);
  const cornered = childOf(object, 'rotated_bndbox');
  const corners = cornered === null ? null : numberedPoints(cornered);
  if (corners === null || corners.length < 3) return null;
  return (
    rotatedBoxFromCorners(corners, CORNER_SLACK_IN_IMAGE_PX) ?? {
      type: 'polygon',
      parts: [{ exterior: corners, holes: [] }],
    }
  );
}

function byCentre(element: XmlElement): RotatedBoxShape | null {
  const cx = decimalOf(textOf(element, 'cx'));
  const cy = decimalOf(textOf(element, 'cy'));
  const width = decimalOf(textOf(element, 'w'));
  const height = decimalOf(textOf(element, 'h'));
  const angle = decimalOf(textOf(element, 'angle'));
  if (cx === null || cy === null || width === null || height === null || angle === null) return null;
  if (!(width > 0 && height > 0)) return null;
  if (isFar(cx, cy, width, height)) return null;
  return { type: 'rotated-box', cx, cy, width, height, rotation: normalisedDegrees((angle * 180) / Math.PI) };
}

/** Corners are rounded to whole px by some tools. */
const CORNER_SLACK_IN_IMAGE_PX = 1;

/** Pairs `x1, y1, x2, y2, …` of an element, up to the first that is missing; null when one is no number or out of reach. */
function numberedPoints(element: XmlElement): Points | null {
  const byName = new Map(element.children.map((child) => [child.name, child.text]));
  const points: { x: number; y: number }[] = [];
  for (let index = 1; points.length < MAX_VERTICES; index += 1) {
    const textX = byName.get(`x${index}`);
    const textY = byName.get(`y${index}`);
    if (textX === undefined || textY === undefined) return points;
    const x = decimalOf(textX);
    const y = decimalOf(textY);
    if (x === null || y === null || isFar(x, y)) return null;
    points.push({ x, y });
  }
  return null;
}

/** Beyond what a coordinate may be, with room for the one pixel that VOC counts from. */
export function isFar(...values: readonly number[]): boolean {
  return values.some((value) => Math.abs(value) > LARGEST_COORDINATE - 1);
}
