import type { CocoLabelResult } from './coco-image';
import {
  COCO_AREAS,
  COCO_MOST_DETECTIONS,
  COCO_RECALLS,
  COCO_THRESHOLDS,
  type CocoKind,
} from './coco-parameters';

/** Of one label, range of areas and number of detections; null where the ground truth has no object. */
export interface CocoCurve {
  /** By threshold: precision at `COCO_RECALLS`, in the mean. */
  readonly precision: Float64Array;
  /** By threshold: the largest recall. */
  readonly recall: Float64Array;
}

/** `[range of areas][number of detections]`, in the order of the parameters. */
export type CocoLabelCurves = readonly (readonly (CocoCurve | null)[])[];

/**
 * Precision and recall of one label over all pictures, as pycocotools' `COCOeval.accumulate`: detections of all pictures
 * by falling score (equal ones in the order of the pictures), precision made to fall with recall, and read at the first
 * detection that reaches each recall; 0 where none does.
 * O(d log d) in detections, for each range, number and threshold.
 */
export function accumulateLabel(kind: CocoKind, images: readonly CocoLabelResult[]): CocoLabelCurves {
  return COCO_AREAS[kind].map((_, area) =>
    COCO_MOST_DETECTIONS[kind].map((most) => curveOf(images, area, most)),
  );
}

function curveOf(images: readonly CocoLabelResult[], area: number, most: number): CocoCurve | null {
  let groundTruth = 0;
  let count = 0;
  for (const { areas, scores } of images) {
    groundTruth += areas[area]?.groundTruth ?? 0;
    count += Math.min(scores.length, most);
  }
  if (groundTruth === 0) return null;
  const scores = new Float64Array(count);
  const matched = new Uint16Array(count);
  const ignored = new Uint16Array(count);
  let at = 0;
  for (const image of images) {
    const result = image.areas[area];
    const taken = Math.min(image.scores.length, most);
    for (let detection = 0; detection < taken; detection += 1) {
      scores[at] = image.scores[detection] ?? 0;
      matched[at] = result?.matched[detection] ?? 0;
      ignored[at] = result?.ignored[detection] ?? 0;
      at += 1;
    }
  }
  const order = Uint32Array.from({ length: count }, (_, index) => index).sort(
    (a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b,
  );
  const precision = new Float64Array(COCO_THRESHOLDS.length);
  const recall = new Float64Array(COCO_THRESHOLDS.length);
  const precisions = new Float64Array(count);
  const recalls = new Float64Array(count);
  for (let bit = 0; bit < COCO_THRESHOLDS.length; bit += 1) {
    let right = 0;
    let wrong = 0;
    for (let rank = 0; rank < count; rank += 1) {
      const detection = order[rank] ?? 0;
      if ((((ignored[detection] ?? 0) >> bit) & 1) === 0) {
        if ((((matched[detection] ?? 0) >> bit) & 1) === 1) right += 1;
        else wrong += 1;
      }
      recalls[rank] = right / groundTruth;
      precisions[rank] = right / (wrong + right + Number.EPSILON);
    }
    recall[bit] = right / groundTruth;
    precision[bit] = meanPrecision(precisions, recalls);
  }
  return { precision, recall };
}

/** Changes `precisions` into the best precision at the same recall or a larger one. */
function meanPrecision(precisions: Float64Array, recalls: Float64Array): number {
  for (let rank = precisions.length - 1; rank > 0; rank -= 1) {
    const here = precisions[rank] ?? 0;
    if (here > (precisions[rank - 1] ?? 0)) precisions[rank - 1] = here;
  }
  let sum = 0;
  let rank = 0;
  for (const wanted of COCO_RECALLS) {
    while (rank < recalls.length && (recalls[rank] ?? 0) < wanted) rank += 1;
    if (rank === recalls.length) break;
    sum += precisions[rank] ?? 0;
  }
  return sum / COCO_RECALLS.length;
}
