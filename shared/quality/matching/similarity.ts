import type { Shape } from '../../schema/shapes';
import { crowdIoU, hasArea, shapeIoU } from './area-overlap';
import { type KeypointOptions, pointsSimilarity, skeletonSimilarity } from './keypoint-similarity';
import { type LineOptions, lineSimilarity } from './line-similarity';

export interface SimilarityOptions extends KeypointOptions, LineOptions {
  /** The reference is a crowd: how much of the candidate lies in it, in place of IoU. */
  readonly isCrowd?: boolean | undefined;
  /** Neither side is the reference (two people's work): keypoints are compared from both, in the mean. */
  readonly isBothWays?: boolean | undefined;
}

/**
 * How alike two shapes of one picture are, 0 to 1: IoU of areas of any kind, OKS of skeletons and of points, one less the
 * scaled distance of lines, 1 of tags; 0 of shapes that cover different things. Each is defined where it is computed.
 * Areas, lines and tags compare alike both ways; of keypoints the reference gives the scale and the joints that count,
 * unless they are compared both ways.
 */
export function similarity(reference: Shape, candidate: Shape, options: SimilarityOptions = {}): number {
  if (options.isBothWays !== true) return towards(reference, candidate, options);
  const isSymmetric = reference.type !== 'skeleton' && reference.type !== 'points';
  const there = towards(reference, candidate, options);
  return isSymmetric ? there : (there + towards(candidate, reference, options)) / 2;
}

function towards(reference: Shape, candidate: Shape, options: SimilarityOptions): number {
  if (hasArea(reference) && hasArea(candidate)) {
    return (options.isCrowd === true ? crowdIoU(reference, candidate) : shapeIoU(reference, candidate)) ?? 0;
  }
  if (reference.type === 'polyline' && candidate.type === 'polyline') {
    return lineSimilarity(reference.points, candidate.points, options).similarity;
  }
  if (reference.type === 'skeleton' && candidate.type === 'skeleton') {
    return skeletonSimilarity(reference, candidate, options);
  }
  if (reference.type === 'points' && candidate.type === 'points') {
    return pointsSimilarity(reference.points, candidate.points, options);
  }
  return reference.type === 'tag' && candidate.type === 'tag' ? 1 : 0;
}
