import type { DatasetAnnotation } from '../formats/format';
import { boundsOfPoints, type Rect, rectIoU } from '../geometry/rect';
import type { Shape } from '../schema/shapes';
import { behaviourOf } from '../shapes';
import { shapeDifference } from '../shapes/shape-difference';

/** Two shapes that overlap by half are taken for the same object drawn twice (the PASCAL VOC criterion). */
const SAME_OBJECT_IOU = 0.5;

export interface AnnotationPair {
  readonly a: DatasetAnnotation;
  readonly b: DatasetAnnotation;
  /** Image px; infinite when the shapes are of different kinds. */
  readonly difference: number;
  readonly isSameLabel: boolean;
  readonly isSamePlace: boolean;
}

export interface AnnotationMatch {
  readonly pairs: readonly AnnotationPair[];
  readonly onlyInA: readonly DatasetAnnotation[];
  readonly onlyInB: readonly DatasetAnnotation[];
}

export interface MatchOptions {
  /** A shape of the first side and one of the second that differ by no more than this are in the same place. */
  readonly toleranceOf: (shape: Shape) => number;
  /** In how many things beside label and place two annotations differ: of several in one place, the likest are paired. */
  readonly unlikeness?: (a: DatasetAnnotation, b: DatasetAnnotation) => number;
  /** What makes two labels the same, e.g. their names. */
  readonly labelOfA: (classIndex: number) => string;
  readonly labelOfB: (classIndex: number) => string;
}

interface Candidate {
  readonly annotation: DatasetAnnotation;
  readonly bounds: Rect;
  readonly label: string;
  /** Its place in drawing order. */
  readonly order: number;
  /** How many of the other side it could be paired with in this round. */
  suitors: number;
  isTaken: boolean;
}

/**
 * Pairs the annotations of one picture one to one, in four rounds from the surest: same label in the same place, same
 * place with another label, same label overlapping, anything overlapping. Within a round the likest pair goes first, then
 * the nearest, then the one nearest in drawing order, so the same box twice on one side and once on the other leaves
 * exactly one over. O(n log n) for boxes that hardly overlap.
 */
export function matchAnnotations(
  annotationsA: readonly DatasetAnnotation[],
  annotationsB: readonly DatasetAnnotation[],
  options: MatchOptions,
): AnnotationMatch {
  const a = candidates(annotationsA, options.labelOfA);
  const b = candidates(annotationsB, options.labelOfB);
  const pairs: AnnotationPair[] = [];
  for (const isSamePlace of [true, false]) {
    for (const isSameLabel of [true, false]) {
      pairs.push(...round(a, b, { isSamePlace, isSameLabel }, options));
    }
  }
  return { pairs, onlyInA: left(a), onlyInB: left(b) };
}

function candidates(
  annotations: readonly DatasetAnnotation[],
  labelOf: (classIndex: number) => string,
): readonly Candidate[] {
  return annotations
    .map((annotation, order) => ({
      annotation,
      bounds: boundsOf(annotation.shape),
      label: labelOf(annotation.classIndex),
      order,
      suitors: 0,
      isTaken: false,
    }))
    .sort((first, second) => first.bounds.x - second.bounds.x);
}

/** Joints that nobody placed keep a place that means nothing, so they do not count. */
function boundsOf(shape: Shape): Rect {
  if (shape.type === 'box') return shape;
  const placed = shape.type === 'skeleton' ? shape.joints.filter(({ visibility }) => visibility > 0) : [];
  return boundsOfPoints(placed) ?? behaviourOf(shape).bounds(shape);
}

function left(side: readonly Candidate[]): readonly DatasetAnnotation[] {
  return side.filter((candidate) => !candidate.isTaken).map((candidate) => candidate.annotation);
}

interface Scored {
  readonly a: Candidate;
  readonly b: Candidate;
  unlikeness: number;
  readonly cost: number;
  readonly difference: number;
}

function round(
  allA: readonly Candidate[],
  allB: readonly Candidate[],
  kind: { readonly isSamePlace: boolean; readonly isSameLabel: boolean },
  { toleranceOf, unlikeness = () => 0 }: MatchOptions,
): readonly AnnotationPair[] {
  const a = allA.filter((candidate) => !candidate.isTaken);
  const b = allB.filter((candidate) => !candidate.isTaken);
  if (a.length === 0 || b.length === 0) return [];
  for (const candidate of [...a, ...b]) candidate.suitors = 0;
  const scored: Scored[] = [];
  for (const one of a) {
    const tolerance = toleranceOf(one.annotation.shape);
    const [from, to] = kind.isSamePlace
      ? [one.bounds.x - tolerance, one.bounds.x + tolerance]
      : [Number.NEGATIVE_INFINITY, one.bounds.x + one.bounds.width];
    for (let index = kind.isSamePlace ? firstAtOrAfter(b, from) : 0; index < b.length; index += 1) {
      const other = b[index];
      // Sorted by left edge: nothing further on can touch.
      if (other === undefined || other.bounds.x > to) break;
      if ((one.label === other.label) !== kind.isSameLabel) continue;
      const difference = shapeDifference(one.annotation.shape, other.annotation.shape);
      if (kind.isSamePlace) {
        if (difference > tolerance) continue;
        one.suitors += 1;
        other.suitors += 1;
        scored.push({ a: one, b: other, unlikeness: 0, cost: difference, difference });
        continue;
      }
      const overlap = rectIoU(one.bounds, other.bounds);
      const isSameObject =
        overlap >= SAME_OBJECT_IOU && one.annotation.shape.type === other.annotation.shape.type;
      if (isSameObject) scored.push({ a: one, b: other, unlikeness: 0, cost: 1 - overlap, difference });
    }
  }
  // Most have one suitor alone, and then it does not matter how like they are.
  for (const pair of scored) {
    if (pair.a.suitors > 1 || pair.b.suitors > 1)
      pair.unlikeness = unlikeness(pair.a.annotation, pair.b.annotation);
  }
  scored.sort(
    (first, second) =>
      first.unlikeness - second.unlikeness || first.cost - second.cost || apart(first) - apart(second),
  );
  const pairs: AnnotationPair[] = [];
  for (const { a: one, b: other, difference } of scored) {
    if (one.isTaken || other.isTaken) continue;
    one.isTaken = true;
    other.isTaken = true;
    pairs.push({ a: one.annotation, b: other.annotation, difference, ...kind });
  }
  return pairs;
}

function apart({ a, b }: Scored): number {
  return Math.abs(a.order - b.order);
}

function firstAtOrAfter(sorted: readonly Candidate[], x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = sorted[middle];
    if (candidate !== undefined && candidate.bounds.x < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
