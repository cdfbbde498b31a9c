import { type CocoLabelResult, IGNORED_SHIFT } from './coco-image';
import {
  COCO_AREAS,
  COCO_MOST_DETECTIONS,
  COCO_RECALLS,
  COCO_THRESHOLDS,
  type CocoKind,
} from './coco-parameters';

/** Of one label and range of areas, with as many detections a picture as count at most. */
export interface CocoCurve {
  /** By threshold: precision at `COCO_RECALLS`, in the mean. */
  readonly precision: Float64Array;
  /** By threshold: the largest recall. */
  readonly recall: Float64Array;
}

/** Null where the ground truth has no object. */
export interface CocoLabelCurves {
  /** In the order of `COCO_AREAS`. */
  readonly areas: readonly (CocoCurve | null)[];
  /** Of all areas, in the order of `COCO_MOST_DETECTIONS`: the largest recall by threshold. */
  readonly recalls: readonly (Float64Array | null)[];
}

/**
 * Precision and recall of one label over all pictures, as pycocotools' `COCOeval.accumulate`: detections of all pictures
 * by falling score (equal ones in the order of the pictures), precision made to fall with recall, and read at the first
 * detection that reaches each recall; 0 where none does.
 * O(d log d) in detections, and O(d) for each range and threshold.
 */
export function accumulateLabel(kind: CocoKind, images: readonly CocoLabelResult[]): CocoLabelCurves {
  const ranges = COCO_AREAS[kind].length;
  const ranking = rankingOf(images, ranges);
  const groundTruth = Array.from({ length: ranges }, (_, area) =>
    images.reduce((sum, image) => sum + (image.groundTruth[area] ?? 0), 0),
  );
  const [all = 0] = groundTruth;
  return {
    areas: ranking.flags.map((flags, area) => {
      const count = groundTruth[area] ?? 0;
      return count === 0 ? null : curveOf(flags, count);
    }),
    recalls: COCO_MOST_DETECTIONS[kind].map((most) => (all === 0 ? null : recallOf(ranking, most, all))),
  };
}

/** All detections, best first. */
interface Ranking {
  /** The how manieth of its picture each is. */
  readonly places: Uint16Array;
  /** By range of areas, see `CocoLabelResult`. */
  readonly flags: readonly Uint32Array[];
}

function rankingOf(images: readonly CocoLabelResult[], ranges: number): Ranking {
  const count = images.reduce((sum, { scores }) => sum + scores.length, 0);
  const scores = new Float64Array(count);
  const places = new Uint16Array(count);
  const flags = Array.from({ length: ranges }, () => new Uint32Array(count));
  let at = 0;
  for (const image of images) {
    for (let place = 0; place < image.scores.length; place += 1) {
      scores[at] = image.scores[place] ?? 0;
      places[at] = place;
      for (let area = 0; area < ranges; area += 1) {
        const own = flags[area];
        if (own !== undefined) own[at] = image.flags[place * ranges + area] ?? 0;
      }
      at += 1;
    }
  }
  const order = Uint32Array.from({ length: count }, (_, index) => index).sort(
    (a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b,
  );
  return {
    places: Uint16Array.from(order, (detection) => places[detection] ?? 0),
    flags: flags.map((own) => order.map((detection) => own[detection] ?? 0)),
  };
}

function curveOf(flags: Uint32Array, groundTruth: number): CocoCurve {
  const precision = new Float64Array(COCO_THRESHOLDS.length);
  const recall = new Float64Array(COCO_THRESHOLDS.length);
  const precisions = new Float64Array(flags.length);
  const recalls = new Float64Array(flags.length);
  for (let bit = 0; bit < COCO_THRESHOLDS.length; bit += 1) {
    let right = 0;
    let wrong = 0;
    for (let rank = 0; rank < flags.length; rank += 1) {
      const own = flags[rank] ?? 0;
      if (((own >> (bit + IGNORED_SHIFT)) & 1) === 0) {
        if (((own >> bit) & 1) === 1) right += 1;
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

/** What was matched among the first `most` of each picture. */
function recallOf({ places, flags: [all] }: Ranking, most: number, groundTruth: number): Float64Array {
  const right = new Float64Array(COCO_THRESHOLDS.length);
  places.forEach((place, rank) => {
    const own = all?.[rank] ?? 0;
    const counted = own & ~(own >> IGNORED_SHIFT);
    if (place >= most || counted === 0) return;
    for (let bit = 0; bit < right.length; bit += 1) right[bit] = (right[bit] ?? 0) + ((counted >> bit) & 1);
  });
  return right.map((count) => count / groundTruth);
}
