import type { DatasetAnnotation } from '../formats/format';
import { type Rect, rectIoU } from '../geometry/rect';
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
  /** Shapes that differ by no more than this are in the same place. */
  readonly toleranceInImagePx: number;
  /** What makes two labels the same, e.g. their names. */
  readonly labelOfA: (classIndex: number) => string;
  readonly labelOfB: (classIndex: number) => string;
}

interface Candidate {
  readonly annotation: DatasetAnnotation;
  readonly bounds: Rect;
  readonly label: string;
  isTaken: boolean;
}

/**
 * Pairs the annotations of one picture one to one, in four rounds from the surest: same label in the same place, same
 * place with another label, same label overlapping, anything overlapping. Within a round the nearest pair goes first,
 * so the same box twice on one side and once on the other leaves exactly one over. O(n log n) for boxes that hardly overlap.
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
      pairs.push(...round(a, b, { isSamePlace, isSameLabel }, options.toleranceInImagePx));
    }
  }
  return { pairs, onlyInA: left(a), onlyInB: left(b) };
}

function candidates(
  annotations: readonly DatasetAnnotation[],
  labelOf: (classIndex: number) => string,
): readonly Candidate[] {
  return annotations
    .map((annotation) => ({
      annotation,
      bounds: behaviourOf(annotation.shape).bounds(annotation.shape),
      label: labelOf(annotation.classIndex),
      isTaken: false,
    }))
    .sort((first, second) => first.bounds.x - second.bounds.x);
}

function left(side: readonly Candidate[]): readonly DatasetAnnotation[] {
  return side.filter((candidate) => !candidate.isTaken).map((candidate) => candidate.annotation);
}

interface Scored {
  readonly a: Candidate;
  readonly b: Candidate;
  readonly cost: number;
  readonly difference: number;
}

function round(
  allA: readonly Candidate[],
  allB: readonly Candidate[],
  kind: { readonly isSamePlace: boolean; readonly isSameLabel: boolean },
  tolerance: number,
): readonly AnnotationPair[] {
  const a = allA.filter((candidate) => !candidate.isTaken);
  const b = allB.filter((candidate) => !candidate.isTaken);
  const scored: Scored[] = [];
  for (const one of a) {
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
        if (difference <= tolerance) scored.push({ a: one, b: other, cost: difference, difference });
        continue;
      }
      const overlap = rectIoU(one.bounds, other.bounds);
      const isSameObject =
        overlap >= SAME_OBJECT_IOU && one.annotation.shape.type === other.annotation.shape.type;
      if (isSameObject) scored.push({ a: one, b: other, cost: 1 - overlap, difference });
    }
  }
  scored.sort((first, second) => first.cost - second.cost);
  const pairs: AnnotationPair[] = [];
  for (const { a: one, b: other, difference } of scored) {
    if (one.isTaken || other.isTaken) continue;
    one.isTaken = true;
    other.isTaken = true;
    pairs.push({ a: one.annotation, b: other.annotation, difference, ...kind });
  }
  return pairs;
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
