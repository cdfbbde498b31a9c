import type { Place } from '../../geometry/polygon-part';
import type { Size } from '../../geometry/rect';
import { frechetDistance } from './frechet-distance';
import { hausdorffDistance } from './hausdorff-distance';

export interface LineOptions {
  /** Displayed size of the picture, the scale of distances. Absent: the mean length of the lines is the scale. */
  readonly imageSize?: Size | undefined;
  /** How far lines are apart: Fréchet follows their course, Hausdorff only where they run. */
  readonly lineDistance?: 'frechet' | 'hausdorff' | undefined;
  /** The distance at which lines have nothing in common, in square roots of the picture's area. */
  readonly lineReach?: number | undefined;
}

/**
 * CVAT counts lines by exp(−d² / 2(2·0.01·s)²), where s is the square root of the picture's area and 0.01 its default
 * line thickness; that is a half at d = 2 · 0.01 · √(2 ln 2) · s. Ours is a half at the same distance, and 0 at twice it.
 */
export const DEFAULT_LINE_REACH = 2 * 2 * 0.01 * Math.sqrt(2 * Math.LN2);

export interface LineSimilarity {
  /** 0 to 1, of whichever direction fits better. */
  readonly similarity: number;
  /** How much more alike the lines are when one of them is turned round; negative when they run alike. */
  readonly gainByTurning: number;
}

/** 1 − d / reach, at least 0, of two open lines; d as `lineDistance` says. The reach is 0.047 · √(picture's area). */
export function lineSimilarity(
  reference: readonly Place[],
  candidate: readonly Place[],
  options: LineOptions = {},
): LineSimilarity {
  const { imageSize, lineReach = DEFAULT_LINE_REACH } = options;
  const scale =
    imageSize === undefined
      ? (lengthOf(reference) + lengthOf(candidate)) / 2
      : Math.sqrt(imageSize.width * imageSize.height);
  const reach = lineReach * scale;
  const similarityAt = (distance: number) =>
    reach > 0 ? Math.max(0, 1 - distance / reach) : Number(distance === 0);
  if (options.lineDistance === 'hausdorff') {
    const similarity = similarityAt(hausdorffDistance(reference, candidate));
    return { similarity, gainByTurning: turningGain(reference, candidate, similarityAt) };
  }
  const forwards = similarityAt(frechetDistance(reference, candidate, reach));
  const backwards = similarityAt(frechetDistance(reference, [...candidate].reverse(), reach));
  return { similarity: Math.max(forwards, backwards), gainByTurning: backwards - forwards };
}

/** Hausdorff knows no direction, so that the ends tell it. */
function turningGain(
  a: readonly Place[],
  b: readonly Place[],
  similarityAt: (distance: number) => number,
): number {
  return similarityAt(endsApart(a, [...b].reverse())) - similarityAt(endsApart(a, b));
}

function endsApart(a: readonly Place[], b: readonly Place[]): number {
  return Math.max(apart(a[0], b[0]), apart(a[a.length - 1], b[b.length - 1]));
}

function apart(a: Place | undefined, b: Place | undefined): number {
  return a === undefined || b === undefined ? Number.POSITIVE_INFINITY : Math.hypot(a.x - b.x, a.y - b.y);
}

function lengthOf(line: readonly Place[]): number {
  let length = 0;
  for (let index = 1; index < line.length; index += 1) length += apart(line[index - 1], line[index]);
  return length;
}
