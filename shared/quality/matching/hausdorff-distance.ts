import type { Place } from '../../geometry/polygon-part';
import { distanceToSegment } from '../../geometry/segment';
import { thinnedLine } from './thinned-line';

/** How far the answer may lie below the true distance, in image px: less than anybody can draw or see. */
const ERROR_IN_IMAGE_PX = 0.01;

/**
 * Hausdorff distance of two open lines in image px, by all of their points and not only their vertices: the farthest that
 * a point of either lies from the nearest point of the other (Hausdorff 1914; Alt and Guibas 1999). It knows neither
 * direction nor order. Within 0.01 px; lines of more than 1,000 vertices are off by a thousandth of their length at most.
 * O(n · m) where nearest segments seldom change.
 */
export function hausdorffDistance(a: readonly Place[], b: readonly Place[]): number {
  const one = thinnedLine(a);
  const other = thinnedLine(b);
  return Math.max(farthestFrom(other, one), farthestFrom(one, other));
}

interface Piece {
  readonly from: Place;
  readonly to: Place;
  /** No point of the piece lies farther from the line than this. */
  readonly most: number;
}

/**
 * How far the farthest point of `line` lies from `other`. The distance to one segment is a convex function along another
 * one, so a piece lies no farther than the larger of its ends' distances to whichever segment is best for both. Where
 * that leaves room, the piece is halved.
 */
function farthestFrom(other: readonly Place[], line: readonly Place[]): number {
  let farthest = 0;
  const open: Piece[] = [];
  const consider = (from: Place, to: Place) => {
    const { atFrom, atTo, most } = reach(from, to, other);
    farthest = Math.max(farthest, atFrom, atTo);
    if (most > farthest + ERROR_IN_IMAGE_PX) open.push({ from, to, most });
  };
  for (let index = 1; index < line.length; index += 1) {
    const from = line[index - 1];
    const to = line[index];
    if (from !== undefined && to !== undefined) consider(from, to);
  }
  for (let piece = open.pop(); piece !== undefined; piece = open.pop()) {
    if (piece.most <= farthest + ERROR_IN_IMAGE_PX) continue;
    const middle = { x: (piece.from.x + piece.to.x) / 2, y: (piece.from.y + piece.to.y) / 2 };
    consider(piece.from, middle);
    consider(middle, piece.to);
  }
  return farthest;
}

function reach(from: Place, to: Place, other: readonly Place[]) {
  let atFrom = Number.POSITIVE_INFINITY;
  let atTo = Number.POSITIVE_INFINITY;
  let most = Number.POSITIVE_INFINITY;
  for (let index = 1; index < other.length; index += 1) {
    const start = other[index - 1];
    const end = other[index];
    if (start === undefined || end === undefined) continue;
    const ofFrom = distanceToSegment(from, start, end);
    const ofTo = distanceToSegment(to, start, end);
    atFrom = Math.min(atFrom, ofFrom);
    atTo = Math.min(atTo, ofTo);
    most = Math.min(most, Math.max(ofFrom, ofTo));
  }
  // Distances change by no more than the way that is gone.
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  return { atFrom, atTo, most: Math.min(most, (atFrom + atTo + length) / 2) };
}
