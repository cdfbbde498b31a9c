/** What COCO compares: boxes, segments, or joints of skeletons. */
export type CocoKind = 'bbox' | 'segm' | 'keypoints';

/** `count` numbers from `first` to `last`, to the bit as numpy's linspace gives them. */
function evenly(first: number, last: number, count: number): readonly number[] {
  const step = (last - first) / (count - 1);
  return Array.from({ length: count }, (_, index) => (index === count - 1 ? last : index * step + first));
}

/** IoU .50:.05:.95 */
export const COCO_THRESHOLDS = evenly(0.5, 0.95, 10);
/** Where among them IoU .50 and .75 are. */
export const AT_50 = 0;
export const AT_75 = 5;

/** Precision is read at 101 recalls from 0 to 1. */
export const COCO_RECALLS = evenly(0, 1, 101);

export interface AreaRange {
  readonly name: 'all' | 'small' | 'medium' | 'large';
  /** Image px², both included. */
  readonly from: number;
  readonly to: number;
}

const ALL: AreaRange = { name: 'all', from: 0, to: 1e10 };
const SMALL: AreaRange = { name: 'small', from: 0, to: 32 ** 2 };
const MEDIUM: AreaRange = { name: 'medium', from: 32 ** 2, to: 96 ** 2 };
const LARGE: AreaRange = { name: 'large', from: 96 ** 2, to: 1e10 };

/** Persons with joints are never small in COCO. */
export const COCO_AREAS: Readonly<Record<CocoKind, readonly AreaRange[]>> = {
  bbox: [ALL, SMALL, MEDIUM, LARGE],
  segm: [ALL, SMALL, MEDIUM, LARGE],
  keypoints: [ALL, MEDIUM, LARGE],
};

/** At most this many detections a picture and label count, best first; the last is the largest. */
export const COCO_MOST_DETECTIONS: Readonly<Record<CocoKind, readonly number[]>> = {
  bbox: [1, 10, 100],
  segm: [1, 10, 100],
  keypoints: [20],
};
