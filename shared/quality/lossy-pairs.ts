import type { DatasetAnnotation } from '../formats/format';
import { intersectRects, type Rect, rectIoU } from '../geometry/rect';
import type { ShapeType } from '../schema/shapes';
import { behaviourOf } from '../shapes';

export interface LossyPair {
  readonly a: DatasetAnnotation;
  /** Of what is left of it in B, the one that fits best. */
  readonly b: DatasetAnnotation;
}

export interface LossyPairs {
  readonly pairs: readonly LossyPair[];
  readonly onlyInA: readonly DatasetAnnotation[];
  readonly onlyInB: readonly DatasetAnnotation[];
}

/**
 * Finds again what a format keeps in part or as another kind: a rotated box as a polygon, the parts of a polygon one by
 * one, boxes as a class of the picture. An annotation of a lossy kind is found when something in B has its label and
 * touches it (a tag touches everything); what is left over in B is explained when it is of the label of such a one and
 * touches it. O(a × b) in what is left over of one picture.
 */
export function pairLossy(
  leftInA: readonly DatasetAnnotation[],
  leftInB: readonly DatasetAnnotation[],
  lossyShapes: ReadonlySet<ShapeType>,
  options: {
    readonly labelOfA: (classIndex: number) => string;
    readonly labelOfB: (classIndex: number) => string;
    /** What is this near touches. */
    readonly toleranceInImagePx: number;
    /** What of B was found already and may hold more of A, because several of A become one. */
    readonly mergedInB: readonly DatasetAnnotation[];
  },
): LossyPairs {
  const candidates = (annotations: readonly DatasetAnnotation[], isExplained: boolean) =>
    annotations.map((annotation) => ({ annotation, bounds: boundsOf(annotation), isExplained }));
  const inB = [...candidates(leftInB, false), ...candidates(options.mergedInB, true)];
  const pairs: LossyPair[] = [];
  const onlyInA: DatasetAnnotation[] = [];
  for (const a of leftInA) {
    let best: DatasetAnnotation | null = null;
    let bestOverlap = -1;
    if (lossyShapes.has(a.shape.type)) {
      const bounds = boundsOf(a);
      const label = options.labelOfA(a.classIndex);
      for (const candidate of inB) {
        const { annotation: b } = candidate;
        if (options.labelOfB(b.classIndex) !== label) continue;
        const isTag = b.shape.type === 'tag' || a.shape.type === 'tag';
        if (!isTag && intersectRects(grown(bounds, options.toleranceInImagePx), candidate.bounds) === null) {
          continue;
        }
        candidate.isExplained = true;
        const overlap = rectIoU(bounds, candidate.bounds);
        if (overlap <= bestOverlap) continue;
        best = b;
        bestOverlap = overlap;
      }
    }
    if (best === null) onlyInA.push(a);
    else pairs.push({ a, b: best });
  }
  return {
    pairs,
    onlyInA,
    onlyInB: inB.filter(({ isExplained }) => !isExplained).map(({ annotation }) => annotation),
  };
}

function boundsOf({ shape }: DatasetAnnotation): Rect {
  return behaviourOf(shape).bounds(shape);
}

function grown({ x, y, width, height }: Rect, by: number): Rect {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}
