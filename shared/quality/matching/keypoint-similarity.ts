import type { Place } from '../../geometry/polygon-part';
import { boundsOfPoints, type Size } from '../../geometry/rect';
import type { SkeletonShape } from '../../schema/shapes';
import { maximumAssignment } from './maximum-assignment';

/**
 * How far people place each joint of a person off, as COCO measured it over 5,000 doubly labelled images (Ronchi and
 * Perona 2017; https://cocodataset.org/#keypoints-eval), by COCO's joint names.
 */
export const COCO_SIGMAS: Readonly<Record<string, number>> = {
  nose: 0.026,
  left_eye: 0.025,
  right_eye: 0.025,
  left_ear: 0.035,
  right_ear: 0.035,
  left_shoulder: 0.079,
  right_shoulder: 0.079,
  left_elbow: 0.072,
  right_elbow: 0.072,
  left_wrist: 0.062,
  right_wrist: 0.062,
  left_hip: 0.107,
  right_hip: 0.107,
  left_knee: 0.087,
  right_knee: 0.087,
  left_ankle: 0.089,
  right_ankle: 0.089,
};

/** Of any other joint or point: CVAT's default. */
export const DEFAULT_SIGMA = 0.09;

/** Points that span no area and lie in a picture of unknown size count as one of COCO's small objects, in image px². */
const UNKNOWN_AREA = 32 ** 2;

/** In image px: joints that lie nearer together are one place, and have no scale of their own. */
const LEAST_SPAN = 1e-3;

/** An object is taken to be a tenth as wide as long at least, so that joints on one line have a scale. */
const LEAST_ASPECT = 0.1;

export interface KeypointOptions {
  /** Sigmas by joint name. */
  readonly sigmas?: Readonly<Record<string, number>> | undefined;
  /** For joints without a sigma of their own, and for points. */
  readonly defaultSigma?: number | undefined;
  /** Area of the reference object in image px². Absent: of the bounds of its labelled joints. */
  readonly area?: number | undefined;
  /** Displayed size of the picture: the scale of single points. */
  readonly imageSize?: Size | undefined;
}

/**
 * Object keypoint similarity, 0 to 1, as COCO defines it (https://cocodataset.org/#keypoints-eval; `computeOks` of
 * pycocotools): the mean, over the joints that the reference labels, of exp(−d² / (2 · area · (2σ)²)). Joints are
 * paired by name. A joint that the candidate does not place counts 0, because its place means nothing here; joints that
 * only the candidate places do not count, as in COCO. 0 when the reference labels no joint.
 */
export function skeletonSimilarity(
  reference: SkeletonShape,
  candidate: SkeletonShape,
  options: KeypointOptions = {},
): number {
  const labelled = reference.joints.filter(({ visibility }) => visibility > 0);
  if (labelled.length === 0) return 0;
  const area = options.area ?? areaAround(labelled, options.imageSize);
  const placed = new Map<string, Place>();
  for (const joint of candidate.joints) if (joint.visibility > 0) placed.set(joint.name, joint);
  let sum = 0;
  for (const joint of labelled) {
    const other = placed.get(joint.name);
    if (other !== undefined) sum += nearness(joint, other, area, sigmaOf(joint.name, options));
  }
  return sum / labelled.length;
}

/**
 * The same of points without names: they are paired so that the sum is largest, and the mean is over the larger number of
 * points, so that points too many or too few count 0 (as CVAT compares points).
 */
export function pointsSimilarity(
  reference: readonly Place[],
  candidate: readonly Place[],
  options: KeypointOptions = {},
): number {
  if (reference.length === 0 || candidate.length === 0) return 0;
  const area = options.area ?? areaAround(reference, options.imageSize);
  const sigma = options.defaultSigma ?? DEFAULT_SIGMA;
  const edges = reference.flatMap((place, row) =>
    candidate.map((other, column) => ({ row, column, weight: nearness(place, other, area, sigma) })),
  );
  const sum = maximumAssignment(edges).reduce((total, { weight }) => total + weight, 0);
  return sum / Math.max(reference.length, candidate.length);
}

export function sigmaOf(jointName: string, { sigmas, defaultSigma }: KeypointOptions): number {
  return sigmas?.[jointName] ?? COCO_SIGMAS[jointName] ?? defaultSigma ?? DEFAULT_SIGMA;
}

function nearness(a: Place, b: Place, area: number, sigma: number): number {
  const squared = (a.x - b.x) ** 2 + (a.y - b.y) ** 2;
  // As pycocotools (numpy's spacing(1)), so that an area of 0 divides nothing by 0.
  return Math.exp(-squared / (2 * (area + Number.EPSILON) * (2 * sigma) ** 2));
}

function areaAround(places: readonly Place[], imageSize: Size | undefined): number {
  const bounds = boundsOfPoints(places);
  const longest = bounds === null ? 0 : Math.max(bounds.width, bounds.height);
  if (bounds === null || longest < LEAST_SPAN) {
    return imageSize === undefined ? UNKNOWN_AREA : imageSize.width * imageSize.height;
  }
  return Math.max(bounds.width * bounds.height, LEAST_ASPECT * longest ** 2);
}
