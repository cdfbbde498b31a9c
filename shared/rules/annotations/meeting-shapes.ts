import type { ImageDocument } from '../../document/image-document';
import { imagePoint } from '../../geometry/point';
import { type Rect, rectIoU, unionRects } from '../../geometry/rect';
import type { Annotation } from '../../schema/annotation';
import type { Shape } from '../../schema/shapes';
import { behaviourOf } from '../../shapes';
import { shapeDifference } from '../../shapes/shape-difference';

/** What only touches counts as meeting when copies of lines and points may differ by rounding. */
const SLACK_IN_IMAGE_PX = 0.51;

/** Places asked when two areas are held against each other. */
const SAMPLES = 4096;
/** Strewn by the R2 sequence (powers of the plastic number), which no edge runs along as one may along a grid. */
const STRIDE_X = 0.7548776662466927;
const STRIDE_Y = 0.5698402909980532;

const boundsKnown = new WeakMap<Shape, Rect>();

const areaKnown = new WeakMap<Shape, number>();

/** Bounds in image px; shapes are immutable, so each is asked once. A box is its own bounds. */
export function boundsOf(shape: Shape): Rect {
  if (shape.type === 'box') return shape;
  const known = boundsKnown.get(shape);
  if (known !== undefined) return known;
  const bounds = behaviourOf(shape).bounds(shape);
  boundsKnown.set(shape, bounds);
  return bounds;
}

/** Area in image px², asked once of each shape: that of a mask is counted. */
function areaOf(shape: Shape): number {
  if (shape.type === 'box') return shape.width * shape.height;
  const known = areaKnown.get(shape);
  if (known !== undefined) return known;
  const area = behaviourOf(shape).area(shape);
  areaKnown.set(shape, area);
  return area;
}

interface SortedShapes {
  /** By left edge. */
  readonly annotations: readonly Annotation[];
  /** Place in drawing order. */
  readonly order: Uint32Array;
  readonly left: Float64Array;
  readonly right: Float64Array;
  readonly top: Float64Array;
  readonly bottom: Float64Array;
}

const sortedKnown = new WeakMap<ImageDocument['annotations'], SortedShapes>();

/**
 * Calls back with every two annotations whose bounds meet, the lower one in drawing order first. Sorted by left edge, a
 * shape is compared only with those that begin before it ends: O(n log n) unless all lie above each other. Several rules
 * about one document share the sorting.
 */
export function visitMeeting(
  { annotations }: ImageDocument,
  visit: (lower: Annotation, upper: Annotation) => void,
): void {
  if (annotations.size < 2) return;
  const known = sortedKnown.get(annotations);
  const sorted = known ?? sortShapes([...annotations.values()]);
  if (known === undefined) sortedKnown.set(annotations, sorted);
  const { left, right, top, bottom, order } = sorted;
  for (let one = 0; one < left.length; one += 1) {
    const end = (right[one] ?? 0) + SLACK_IN_IMAGE_PX;
    const high = (top[one] ?? 0) - SLACK_IN_IMAGE_PX;
    const low = (bottom[one] ?? 0) + SLACK_IN_IMAGE_PX;
    for (let other = one + 1; other < left.length; other += 1) {
      if ((left[other] ?? 0) > end) break;
      if ((top[other] ?? 0) > low || (bottom[other] ?? 0) < high) continue;
      const a = sorted.annotations[one];
      const b = sorted.annotations[other];
      if (a === undefined || b === undefined) continue;
      if ((order[one] ?? 0) < (order[other] ?? 0)) visit(a, b);
      else visit(b, a);
    }
  }
}

function sortShapes(drawn: readonly Annotation[]): SortedShapes {
  const bounds = drawn.map(({ shape }) => boundsOf(shape));
  const lefts = Float64Array.from(bounds, ({ x }) => x);
  const order = Uint32Array.from(drawn, (_, index) => index).sort(
    (a, b) => (lefts[a] ?? 0) - (lefts[b] ?? 0),
  );
  const column = (of: (rect: Rect) => number) =>
    Float64Array.from(order, (place) => {
      const rect = bounds[place];
      return rect === undefined ? 0 : of(rect);
    });
  return {
    annotations: [...order].flatMap((place) => drawn[place] ?? []),
    order,
    left: column(({ x }) => x),
    right: column(({ x, width }) => x + width),
    top: column(({ y }) => y),
    bottom: column(({ y, height }) => y + height),
  };
}

/** How two areas lie on each other. */
export interface Overlap {
  /** Intersection over union, 0 to 1. */
  readonly iou: number;
  /** Intersection over the smaller of the two, 0 to 1. */
  readonly ofSmaller: number;
}

/** Answers about two shapes, kept for as long as both are there. */
function keptForPairs<Answer>(ask: (a: Shape, b: Shape) => Answer): (a: Shape, b: Shape) => Answer {
  const known = new WeakMap<Shape, WeakMap<Shape, { readonly answer: Answer }>>();
  return (a, b) => {
    const before = known.get(a)?.get(b);
    if (before !== undefined) return before.answer;
    const answer = ask(a, b);
    const others = known.get(a) ?? new WeakMap<Shape, { readonly answer: Answer }>();
    known.set(a, others.set(b, { answer }));
    return answer;
  };
}

/** `shapeDifference` in image px, asked once of each two shapes. */
export const differenceOf = keptForPairs(shapeDifference);

const overlapOfAreas = keptForPairs(sampledOverlap);

/**
 * Overlap of two shapes that cover an area: exact for boxes, for others as places strewn over both find it, within about
 * 0.01 for shapes that are not all edge. Asked once of each two shapes.
 */
export function overlapOf(a: Shape, b: Shape): Overlap {
  if (a.type === 'box' && b.type === 'box') return overlapOfBoxes(a, b);
  return overlapOfAreas(a, b);
}

/**
 * True when `overlapOf` may find an IoU of so much: areas that differ more cannot overlap so far, and bounds that hardly
 * meet hardly can. Spares the samples.
 */
export function mayOverlapBy(a: Shape, b: Shape, minIoU: number): boolean {
  const bounds = rectIoU(boundsOf(a), boundsOf(b));
  if (a.type === 'box' && b.type === 'box') return bounds >= minIoU;
  if (bounds < minIoU / 2) return false;
  const [areaA, areaB] = [areaOf(a), areaOf(b)];
  return Math.min(areaA, areaB) >= minIoU * Math.max(areaA, areaB);
}

function overlapOfBoxes(a: Rect, b: Rect): Overlap {
  const iou = rectIoU(a, b);
  const [areaA, areaB] = [a.width * a.height, b.width * b.height];
  // From iou = common / (areaA + areaB - common).
  const common = (iou * (areaA + areaB)) / (1 + iou);
  const smaller = Math.min(areaA, areaB);
  return { iou, ofSmaller: smaller > 0 ? common / smaller : 0 };
}

function sampledOverlap(a: Shape, b: Shape): Overlap {
  const around = unionRects(boundsOf(a), boundsOf(b));
  let inA = 0;
  let inB = 0;
  let inBoth = 0;
  for (let sample = 1; sample <= SAMPLES; sample += 1) {
    const at = imagePoint(
      around.x + ((sample * STRIDE_X) % 1) * around.width,
      around.y + ((sample * STRIDE_Y) % 1) * around.height,
    );
    const isInA = behaviourOf(a).contains(a, at);
    const isInB = behaviourOf(b).contains(b, at);
    if (isInA) inA += 1;
    if (isInB) inB += 1;
    if (isInA && isInB) inBoth += 1;
  }
  const inEither = inA + inB - inBoth;
  const smaller = Math.min(inA, inB);
  return { iou: inEither === 0 ? 0 : inBoth / inEither, ofSmaller: smaller === 0 ? 0 : inBoth / smaller };
}
