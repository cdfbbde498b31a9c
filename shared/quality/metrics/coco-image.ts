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

/**
 * Detections of one label in one picture, best first. Plain arrays of small numbers: a typed array each would take ten
 * times the memory, and there are millions of them.
 */
export interface CocoLabelResult {
  readonly labelId: string;
  readonly scores: readonly number[];
  /** Objects of the ground truth that count, in the order of `COCO_AREAS`. */
  readonly groundTruth: readonly number[];
  /**
   * `[detection * areas + area]`: a bit for each of `COCO_THRESHOLDS` at which the detection is matched, and above them
   * (`IGNORED_SHIFT`) one for each at which it is left out of account.
   */
  readonly flags: readonly number[];
}

export const IGNORED_SHIFT = COCO_THRESHOLDS.length;
const EVERY_THRESHOLD = (1 << COCO_THRESHOLDS.length) - 1;

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
  const byLabel = new Map<string, { readonly truths: CocoObject[]; readonly found: CocoObject[] }>();
  const setOf = (labelId: string) => {
    const known = byLabel.get(labelId);
    if (known !== undefined) return known;
    const set = { truths: [], found: [] };
    byLabel.set(labelId, set);
    return set;
  };
  for (const object of groundTruth) setOf(object.labelId).truths.push(object);
  for (const object of detections) setOf(object.labelId).found.push(object);
  const most = Math.max(...COCO_MOST_DETECTIONS[kind]);
  return [...byLabel].map(([labelId, { truths, found }]) => {
    // Sorting is stable, as the mergesort that COCO asks for.
    found.sort((a, b) => scoreOf(b) - scoreOf(a));
    found.splice(most);
    const alike = found.map((detection) =>
      truths.map((truth) => cocoSimilarity(kind, truth, detection, options)),
    );
    const truthAreas = truths.map((truth) => areaOf(kind, truth));
    const isNever = truths.map((truth) => isNeverCounted(kind, truth));
    const isCrowd = truths.map((truth) => truth.isCrowd);
    const foundAreas = found.map((detection) => areaOf(kind, detection));
    const ranges = COCO_AREAS[kind];
    const flags = new Array<number>(found.length * ranges.length).fill(0);
    const counts = ranges.map((range, column) => {
      const isIgnored = truthAreas.map((area, index) => isNever[index] === true || !isWithin(range, area));
      matchedWithin({ alike, isCrowd, isIgnored }).forEach((bits, index) => {
        const isOutside = !isWithin(range, foundAreas[index] ?? 0);
        // What is outside the range and takes nothing is left out.
        const unmatched = isOutside ? EVERY_THRESHOLD & ~bits : 0;
        flags[index * ranges.length + column] = bits | (unmatched << IGNORED_SHIFT);
      });
      return isIgnored.filter((value) => !value).length;
    });
    return { labelId, scores: found.map(scoreOf), groundTruth: counts, flags };
  });
}

function scoreOf({ score }: CocoObject): number {
  return score ?? 1;
}

/** Ground truth and detections of one label and range of areas. */
interface LabelSet {
  /** `[detection][object]` */
  readonly alike: readonly (readonly number[])[];
  readonly isCrowd: readonly boolean[];
  readonly isIgnored: readonly boolean[];
}

/** By detection the flags of `CocoLabelResult`. */
function matchedWithin({ alike, isCrowd, isIgnored }: LabelSet): readonly number[] {
  const flags = new Array<number>(alike.length).fill(0);
  if (isCrowd.length === 0) return flags;
  // What counts comes first, each part in the order of the file.
  const order = isIgnored
    .map((_, index) => index)
    .sort((a, b) => Number(isIgnored[a]) - Number(isIgnored[b]) || a - b);
  for (const [bit, threshold] of COCO_THRESHOLDS.entries()) {
    const isTaken = new Array<boolean>(order.length).fill(false);
    for (let detection = 0; detection < alike.length; detection += 1) {
      let best = Math.min(threshold, 1 - 1e-10);
      let match = -1;
      for (const truth of order) {
        if (isTaken[truth] === true && isCrowd[truth] !== true) continue;
        if (match !== -1 && isIgnored[match] === false && isIgnored[truth] === true) break;
        const value = alike[detection]?.[truth] ?? 0;
        if (value < best) continue;
        best = value;
        match = truth;
      }
      if (match === -1) continue;
      isTaken[match] = true;
      const ignored = isIgnored[match] === true ? 1 << (bit + IGNORED_SHIFT) : 0;
      flags[detection] = (flags[detection] ?? 0) | (1 << bit) | ignored;
    }
  }
  return flags;
}

function isWithin({ from, to }: AreaRange, area: number): boolean {
  return area >= from && area <= to;
}

function isNeverCounted(kind: CocoKind, { isCrowd, shape }: CocoObject): boolean {
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
