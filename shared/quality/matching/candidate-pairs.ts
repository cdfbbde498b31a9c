import type { Rect } from '../../geometry/rect';
import type { Shape } from '../../schema/shapes';
import { behaviourOf } from '../../shapes';
import { hasArea } from './area-overlap';
import type { ComparableObject } from './comparable-object';
import type { Edge } from './maximum-assignment';
import { type SimilarityOptions, similarity } from './similarity';

/** Two objects alike enough to be one; rows count the first set, columns the second, the weight is the similarity. */
export interface CandidatePair extends Edge {
  readonly isSameLabel: boolean;
}

/** Below this many combinations trying all is faster than sorting. */
const FEW_COMBINATIONS = 10_000;

/**
 * All pairs of an object of one set and one of the other whose similarity is at least `least` and above 0. Crowds pair
 * with crowds alone, tags with tags of their own label. Shapes are compared where their bounds overlap: O(n · m) cheap
 * tests for small sets, O(n log n) for large ones whose objects lie apart.
 */
export function candidatePairs(
  first: readonly ComparableObject[],
  second: readonly ComparableObject[],
  least: number,
  options: SimilarityOptions = {},
): readonly CandidatePair[] {
  const pairs: CandidatePair[] = [];
  const firstPlaces = first.map(placeOf);
  const secondPlaces = second.map(placeOf);
  const consider = (row: number, column: number) => {
    const a = first[row];
    const b = second[column];
    if (a === undefined || b === undefined || a.isCrowd !== b.isCrowd) return;
    const isSameLabel = a.labelId === b.labelId;
    if (a.shape.type === 'tag' && !isSameLabel) return;
    const weight = similarity(a.shape, b.shape, options);
    if (weight >= least && weight > 0) pairs.push({ row, column, weight, isSameLabel });
  };
  if (first.length * second.length <= FEW_COMBINATIONS) {
    for (let row = 0; row < firstPlaces.length; row += 1) {
      const one = firstPlaces[row];
      for (let column = 0; column < secondPlaces.length; column += 1) {
        const other = secondPlaces[column];
        if (one !== undefined && other !== undefined && mayMeet(one, other)) consider(row, column);
      }
    }
    return pairs;
  }
  for (const [row, column] of sweptMeetings(firstPlaces, secondPlaces)) consider(row, column);
  // As trying all would find them, so that the same objects are always matched alike.
  return pairs.sort((one, other) => one.row - other.row || one.column - other.column);
}

const ANYWHERE: Rect = {
  x: Number.NEGATIVE_INFINITY,
  y: Number.NEGATIVE_INFINITY,
  width: Number.POSITIVE_INFINITY,
  height: Number.POSITIVE_INFINITY,
};

/** Where a shape must be overlapped to have something in common with it; lines and points are alike at a distance too. */
function placeOf({ shape }: { readonly shape: Shape }): Rect {
  if (shape.type === 'box') return shape;
  return hasArea(shape) ? behaviourOf(shape).bounds(shape) : ANYWHERE;
}

function mayMeet(a: Rect, b: Rect): boolean {
  if (a === ANYWHERE || b === ANYWHERE) return a === b;
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The same over rectangles sorted by their left edges. */
function* sweptMeetings(
  first: readonly Rect[],
  second: readonly Rect[],
): Generator<readonly [row: number, column: number]> {
  const columns = second
    .map((place, column) => ({ place, column }))
    .sort((one, other) => one.place.x - other.place.x || one.column - other.column);
  let widest = 0;
  for (const { place } of columns) if (place !== ANYWHERE) widest = Math.max(widest, place.width);
  for (const [row, place] of first.entries()) {
    const from = place === ANYWHERE ? 0 : firstFrom(columns, place.x - widest);
    for (let index = from; index < columns.length; index += 1) {
      const other = columns[index];
      if (other === undefined || (place !== ANYWHERE && other.place.x >= place.x + place.width)) break;
      // Those that lie anywhere come first of all.
      if (place === ANYWHERE && other.place !== ANYWHERE) break;
      if (mayMeet(place, other.place)) yield [row, other.column];
    }
  }
}

function firstFrom(sorted: readonly { readonly place: Rect }[], x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle]?.place.x ?? x) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
