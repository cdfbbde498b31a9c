import { boundsOfPoints, type Rect } from '../../geometry/rect';
import type { SkeletonShape } from '../../schema/shapes';
import { behaviourOf } from '../../shapes';
import { areaOverlap } from '../matching/area-overlap';
import type { ComparableObject } from '../matching/comparable-object';
import { type KeypointOptions, sigmaOf, skeletonSimilarity } from '../matching/keypoint-similarity';
import {
  type AreaRange,
  COCO_AREAS,
  COCO_MOST_DETECTIONS,
  COCO_THRESHOLDS,
  type CocoKind,
} from './coco-parameters';

/** An object with what COCO's files say beside its shape. A detection without a score counts as sure: 1. */
export interface CocoObject extends ComparableObject {
  /** COCO's `area` in image px². Absent: of the shape (bounds, for joints). */
  readonly area?: number | undefined;
  /** COCO's `bbox`. Absent: bounds of the shape. */
  readonly bounds?: Rect | undefined;
}

/** Detections of one label in one picture, best first, within one range of areas. */
export interface CocoAreaResult {
  /** Objects of the ground truth that count. */
  readonly groundTruth: number;
  /** By detection: a bit for each of `COCO_THRESHOLDS` at which it is matched. */
  readonly matched: Uint16Array;
  /** By detection: a bit for each threshold at which it is left out of account. */
  readonly ignored: Uint16Array;
}

export interface CocoLabelResult {
  readonly labelId: string;
  readonly scores: Float64Array;
  /** In the order of `COCO_AREAS`. */
  readonly areas: readonly CocoAreaResult[];
}

/**
 * Matches the detections of one picture with its ground truth as pycocotools' COCOeval does (`evaluateImg`): label by
 * label, best score first, each taking the most alike object that is free, by every threshold and range of areas.
 * Crowds may be taken again and again, and what takes a crowd, or an object or nothing outside the range, is left out
 * of account. Boxes by the IoU of their bounds, segments by that of their areas (pixels, for masks), skeletons by OKS.
 * Polygons are compared exactly, where pycocotools paints them into pixels first; given as masks they agree to the bit.
 */
export function evaluateCocoImage(
  kind: CocoKind,
  groundTruth: readonly CocoObject[],
  detections: readonly CocoObject[],
  options: KeypointOptions = {},
): readonly CocoLabelResult[] {
  const labels = new Set([...groundTruth, ...detections].map(({ labelId }) => labelId));
  const most = Math.max(...COCO_MOST_DETECTIONS[kind]);
  return [...labels].sort().map((labelId) => {
    const truths = groundTruth.filter((object) => object.labelId === labelId);
    // Sorting is stable, as the mergesort that COCO asks for.
    const found = detections
      .filter((object) => object.labelId === labelId)
      .sort((a, b) => scoreOf(b) - scoreOf(a))
      .slice(0, most);
    const alike = found.map((detection) =>
      Float64Array.from(truths, (truth) => cocoSimilarity(kind, truth, detection, options)),
    );
    return {
      labelId,
      scores: Float64Array.from(found, scoreOf),
      areas: COCO_AREAS[kind].map((range) => matchedWithin(range, kind, truths, found, alike)),
    };
  });
}

function scoreOf({ score }: CocoObject): number {
  return score ?? 1;
}

function matchedWithin(
  range: AreaRange,
  kind: CocoKind,
  truths: readonly CocoObject[],
  found: readonly CocoObject[],
  alike: readonly Float64Array[],
): CocoAreaResult {
  const isIgnored = truths.map((truth) => isLeftOut(kind, truth) || !isWithin(range, areaOf(kind, truth)));
  // What counts comes first, each part in the order of the file.
  const order = truths
    .map((_, index) => index)
    .sort((a, b) => Number(isIgnored[a]) - Number(isIgnored[b]) || a - b);
  const matched = new Uint16Array(found.length);
  const ignored = new Uint16Array(found.length);
  COCO_THRESHOLDS.forEach((threshold, bit) => {
    const isTaken = new Uint8Array(truths.length);
    for (let detection = 0; detection < found.length; detection += 1) {
      let best = Math.min(threshold, 1 - 1e-10);
      let match = -1;
      for (const truth of order) {
        if (isTaken[truth] === 1 && truths[truth]?.isCrowd !== true) continue;
        if (match !== -1 && isIgnored[match] === false && isIgnored[truth] === true) break;
        const value = alike[detection]?.[truth] ?? 0;
        if (value < best) continue;
        best = value;
        match = truth;
      }
      if (match === -1) continue;
      isTaken[match] = 1;
      matched[detection] = (matched[detection] ?? 0) | (1 << bit);
      if (isIgnored[match] === true) ignored[detection] = (ignored[detection] ?? 0) | (1 << bit);
    }
  });
  const every = (1 << COCO_THRESHOLDS.length) - 1;
  found.forEach((detection, index) => {
    if (isWithin(range, areaOf(kind, detection))) return;
    const unmatched = every & ~(matched[index] ?? 0);
    ignored[index] = (ignored[index] ?? 0) | unmatched;
  });
  return { groundTruth: isIgnored.filter((value) => !value).length, matched, ignored };
}

function isWithin({ from, to }: AreaRange, area: number): boolean {
  return area >= from && area <= to;
}

function isLeftOut(kind: CocoKind, { isCrowd, shape }: CocoObject): boolean {
  if (isCrowd) return true;
  const hasNoJoint = shape.type !== 'skeleton' || shape.joints.every(({ visibility }) => visibility === 0);
  return kind === 'keypoints' && hasNoJoint;
}

function boundsOf({ bounds, shape }: CocoObject): Rect {
  if (bounds !== undefined) return bounds;
  if (shape.type === 'box') return shape;
  const placed = shape.type === 'skeleton' ? shape.joints.filter(({ visibility }) => visibility > 0) : [];
  return boundsOfPoints(placed) ?? behaviourOf(shape).bounds(shape);
}

function areaOf(kind: CocoKind, object: CocoObject): number {
  if (object.area !== undefined) return object.area;
  if (kind === 'segm') return behaviourOf(object.shape).area(object.shape);
  const { width, height } = boundsOf(object);
  return width * height;
}

function cocoSimilarity(
  kind: CocoKind,
  truth: CocoObject,
  detection: CocoObject,
  options: KeypointOptions,
): number {
  if (kind === 'keypoints') {
    return truth.shape.type === 'skeleton' && detection.shape.type === 'skeleton'
      ? jointSimilarity(truth, truth.shape, detection.shape, options)
      : 0;
  }
  const overlap =
    kind === 'bbox'
      ? areaOverlap({ type: 'box', ...placeOf(truth) }, { type: 'box', ...placeOf(detection) })
      : areaOverlap(truth.shape, detection.shape);
  if (overlap === null || overlap.common === 0) return 0;
  const whole = truth.isCrowd ? overlap.areaOfB : overlap.areaOfA + overlap.areaOfB - overlap.common;
  return overlap.common / whole;
}

function placeOf(object: CocoObject): Rect {
  const { x, y, width, height } = boundsOf(object);
  return { x, y, width, height };
}

/** Of an object without labelled joints COCO asks how far joints lie outside of its box, doubled to each side. */
function jointSimilarity(
  truth: CocoObject,
  reference: SkeletonShape,
  candidate: SkeletonShape,
  options: KeypointOptions,
): number {
  const area = areaOf('keypoints', truth);
  if (reference.joints.some(({ visibility }) => visibility > 0)) {
    return skeletonSimilarity(reference, candidate, { ...options, area });
  }
  const { x, y, width, height } = boundsOf(truth);
  let sum = 0;
  for (const joint of candidate.joints) {
    const dx = Math.max(0, x - width - joint.x) + Math.max(0, joint.x - (x + 2 * width));
    const dy = Math.max(0, y - height - joint.y) + Math.max(0, joint.y - (y + 2 * height));
    // As numpy's spacing(1), so that an area of 0 divides nothing by 0.
    const scale = 2 * (area + Number.EPSILON) * (2 * sigmaOf(joint.name, options)) ** 2;
    sum += Math.exp(-(dx * dx + dy * dy) / scale);
  }
  return candidate.joints.length === 0 ? 0 : sum / candidate.joints.length;
}
