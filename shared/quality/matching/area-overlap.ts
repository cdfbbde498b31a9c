import { partsOfShape, pixelsInWindow, simpleParts } from '../../conversions/area-of-shape';
import { convexHull } from '../../geometry/convex-hull';
import { convexOverlapArea } from '../../geometry/convex-overlap';
import { discOverlapArea } from '../../geometry/disc-overlap';
import { maskIntersection } from '../../geometry/mask-combine';
import { countSetPixels } from '../../geometry/mask-runs';
import { overlapArea } from '../../geometry/overlap-area';
import { type AreaPart, areaOfParts, type Place } from '../../geometry/polygon-part';
import { unionRects } from '../../geometry/rect';
import { ringArea } from '../../geometry/ring';
import { intoFrame, outOfFrame, turnedCorners } from '../../geometry/turned-frame';
import type { EllipseShape, PolygonShape, Shape } from '../../schema/shapes';
import { behaviourOf } from '../../shapes';

/** Areas in image px², or in pixels where a mask takes part. */
export interface AreaOverlap {
  readonly areaOfA: number;
  readonly areaOfB: number;
  readonly common: number;
}

/**
 * What two shapes that cover an area have in common; null when one of them covers none.
 * Boxes, turned boxes, polygons with holes and parts, the silhouettes of cuboids and masks among each other are exact,
 * and so is an ellipse with any outline. Of two ellipses, one counts as a polygon of 720 corners and of its own area,
 * which moves an IoU by less than 1e-4. A mask against an outline is counted in pixels, an outline covering those whose
 * centres lie inside, so that masks and polygons are interchangeable. Rings of one part that cross count even-odd.
 * Boxes cost nothing, polygons of 40 vertices some 0.06 ms.
 */
export function areaOverlap(a: Shape, b: Shape): AreaOverlap | null {
  if (a.type === 'box' && b.type === 'box') {
    const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
    const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
    const common = width > 0 && height > 0 ? width * height : 0;
    return { areaOfA: a.width * a.height, areaOfB: b.width * b.height, common };
  }
  if (!hasArea(a) || !hasArea(b)) return null;
  if (a.type === 'mask' || b.type === 'mask') return pixelOverlap(a, b);
  if (a.type === 'ellipse' || b.type === 'ellipse') return ellipseOverlap(a, b) ?? pixelOverlap(a, b);
  const ringOfA = convexRingOf(a);
  const ringOfB = convexRingOf(b);
  if (ringOfA !== null && ringOfB !== null) {
    const areas = { areaOfA: ringArea(ringOfA), areaOfB: ringArea(ringOfB) };
    return { ...areas, common: convexOverlapArea(ringOfA, ringOfB) };
  }
  return outlineOverlap(a, b) ?? pixelOverlap(a, b);
}

/**
 * Intersection over union of two shapes, 0 to 1 (Jaccard 1912; in object detection since the PASCAL VOC challenge,
 * Everingham et al. 2010): |a ∩ b| / |a ∪ b|, without PASCAL's +1 px. Null when one of them covers no area.
 */
export function shapeIoU(a: Shape, b: Shape): number | null {
  const overlap = areaOverlap(a, b);
  if (overlap === null) return null;
  const union = overlap.areaOfA + overlap.areaOfB - overlap.common;
  // Rounding may leave a bit more than all.
  return union <= 0 ? 0 : Math.min(1, overlap.common / union);
}

/**
 * How much of a candidate lies in a crowd, 0 to 1: |a ∩ b| / |b|. COCO's IoU for reference regions with `iscrowd`
 * (Lin et al. 2014; `iou` of pycocotools' maskApi). Null when one of them covers no area.
 */
export function crowdIoU(crowd: Shape, candidate: Shape): number | null {
  const overlap = areaOverlap(crowd, candidate);
  if (overlap === null) return null;
  return overlap.areaOfB <= 0 ? 0 : Math.min(1, overlap.common / overlap.areaOfB);
}

export function hasArea(shape: Shape): boolean {
  return shape.type === 'box' || behaviourOf(shape).cover === 'area';
}

/** Corners of what is convex by its kind; null for the rest. */
function convexRingOf(shape: Shape): readonly Place[] | null {
  switch (shape.type) {
    case 'box': {
      const right = shape.x + shape.width;
      const bottom = shape.y + shape.height;
      return [
        { x: shape.x, y: shape.y },
        { x: right, y: shape.y },
        { x: right, y: bottom },
        { x: shape.x, y: bottom },
      ];
    }
    case 'rotated-box':
      return turnedCorners(shape, shape.width, shape.height);
    case 'cuboid':
      return convexHull([...shape.front, ...shape.back]);
    default:
      return null;
  }
}

/** Polygons whose rings cross are cut into simple parts once, however many others they are compared with. */
const simplified = new WeakMap<PolygonShape, readonly AreaPart[] | null>();

/** Parts that neither overlap nor cross themselves; null where they cannot be worked out, or not in bearable time. */
function simplePartsOf(shape: Shape): readonly AreaPart[] | null {
  if (shape.type !== 'polygon') return partsOfShape(shape);
  const known = simplified.get(shape);
  if (known !== undefined) return known;
  const simple = simpleParts(shape.parts);
  const parts = simple.ok ? simple.value : null;
  simplified.set(shape, parts);
  return parts;
}

function outlineOverlap(a: Shape, b: Shape): AreaOverlap | null {
  const partsOfA = simplePartsOf(a);
  const partsOfB = simplePartsOf(b);
  if (partsOfA === null || partsOfB === null) return null;
  const common = overlapArea(partsOfA, partsOfB);
  return common === null ? null : { areaOfA: areaOfParts(partsOfA), areaOfB: areaOfParts(partsOfB), common };
}

/** The space in which an ellipse is the unit disc; an affine map keeps the ratio of areas. */
function ellipseOverlap(a: Shape, b: Shape): AreaOverlap | null {
  const isSwapped = a.type !== 'ellipse' || (b.type === 'ellipse' && isBefore(b, a));
  const [disc, other] = isSwapped ? [b, a] : [a, b];
  if (disc.type !== 'ellipse') return null;
  const parts = other.type === 'ellipse' ? [manyCornered(other)] : simplePartsOf(other);
  if (parts === null) return null;
  const scale = disc.rx * disc.ry;
  const own = parts.map(({ exterior, holes }) => ({
    exterior: exterior.map((place) => asOfDisc(disc, place)),
    holes: holes.map((hole) => hole.map((place) => asOfDisc(disc, place))),
  }));
  const common = discOverlapArea(own) * scale;
  const areaOfDisc = Math.PI * scale;
  const areaOfOther = areaOfParts(parts);
  return isSwapped
    ? { areaOfA: areaOfOther, areaOfB: areaOfDisc, common }
    : { areaOfA: areaOfDisc, areaOfB: areaOfOther, common };
}

/** An order of ellipses, so that the same one of two counts as the polygon whichever is named first. */
function isBefore(a: EllipseShape, b: EllipseShape): boolean {
  const differences = [a.rx - b.rx, a.ry - b.ry, a.cx - b.cx, a.cy - b.cy, a.rotation - b.rotation];
  return (differences.find((difference) => difference !== 0) ?? 0) < 0;
}

function asOfDisc(disc: EllipseShape, place: Place): Place {
  const { x, y } = intoFrame(disc, place);
  return { x: x / disc.rx, y: y / disc.ry };
}

const CORNERS = 720;
/** Moves the corners out as far as makes the polygon's area that of the ellipse. */
const REACH = Math.sqrt((2 * Math.PI) / CORNERS / Math.sin((2 * Math.PI) / CORNERS));

function manyCornered(shape: EllipseShape): AreaPart {
  const exterior = Array.from({ length: CORNERS }, (_, index) => {
    const angle = (index * 2 * Math.PI) / CORNERS;
    return outOfFrame(shape, REACH * shape.rx * Math.cos(angle), REACH * shape.ry * Math.sin(angle));
  });
  return { exterior, holes: [] };
}

/** No picture is wider or higher, in px; what a broken file places farther out is not counted. */
const LARGEST_WINDOW = 100_000;

function pixelOverlap(a: Shape, b: Shape): AreaOverlap {
  const bounds = unionRects(behaviourOf(a).bounds(a), behaviourOf(b).bounds(b));
  const x = Math.floor(bounds.x);
  const y = Math.floor(bounds.y);
  const window = {
    x,
    y,
    width: sideOf(x, bounds.x + bounds.width),
    height: sideOf(y, bounds.y + bounds.height),
  };
  const one = pixelsInWindow(a, window);
  const other = pixelsInWindow(b, window);
  const common = one === null || other === null ? null : maskIntersection(one, other);
  return {
    areaOfA: one === null ? 0 : countSetPixels(one),
    areaOfB: other === null ? 0 : countSetPixels(other),
    common: common === null ? 0 : countSetPixels(common),
  };
}

function sideOf(from: number, to: number): number {
  return Math.min(LARGEST_WINDOW, Math.max(1, Math.ceil(to) - from));
}
