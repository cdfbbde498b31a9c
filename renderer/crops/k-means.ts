import { createRandom } from '../../shared/random/random';

/** Rounds after which points that still change groups are let be; most sets settle in 10 to 20. */
const MOST_ROUNDS = 40;

export interface Grouping {
  /** Group of each point. */
  readonly groups: Uint16Array;
  /** Euclidean distance of each point from the middle of its group. */
  readonly distances: Float32Array;
  readonly groupCount: number;
}

/**
 * How many groups to look for when nobody says: the square root of half the number of points (K. V. Mardia et al.,
 * "Multivariate Analysis", 1979), between 2 and 24, which is what one can look over.
 */
export function groupCountFor(points: number): number {
  return Math.max(1, Math.min(24, points, Math.max(2, Math.round(Math.sqrt(points / 2)))));
}

/**
 * Groups points by k-means: S. Lloyd's rounds (1982) from the beginnings of D. Arthur and S. Vassilvitskii, "k-means++:
 * the advantages of careful seeding" (SODA 2007). The same seed gives the same groups. Groups that lose all their
 * points are filled with the point that lies farthest from its middle.
 * @param points `length` numbers a point, one after the other.
 * @param onRound is waited for after each round; false stops with what there is.
 */
export async function kMeans(
  points: Float32Array,
  length: number,
  groupCount: number,
  seed: number,
  onRound: (round: number) => boolean | Promise<boolean> = () => true,
): Promise<Grouping> {
  const count = Math.floor(points.length / length);
  const k = Math.min(groupCount, count);
  const groups = new Uint16Array(count);
  const squares = new Float32Array(count);
  if (k === 0) return { groups, distances: squares, groupCount: 0 };
  const middles = firstMiddles(points, length, count, k, seed);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const moved = assign(points, length, middles, groups, squares, round === 0);
    if (moved === 0 || !(await onRound(round))) break;
    moveMiddles(points, length, middles, groups, squares);
  }
  return { groups, distances: squares.map(Math.sqrt), groupCount: k };
}

/** Each next beginning is drawn with a chance that grows with the square of its distance from those there are. */
function firstMiddles(
  points: Float32Array,
  length: number,
  count: number,
  k: number,
  seed: number,
): Float32Array {
  const random = createRandom(seed);
  const middles = new Float32Array(k * length);
  const nearest = new Float32Array(count).fill(Number.POSITIVE_INFINITY);
  let chosen = random.whole(0, count - 1);
  for (let group = 0; group < k; group += 1) {
    middles.set(points.subarray(chosen * length, (chosen + 1) * length), group * length);
    let sum = 0;
    for (let point = 0; point < count; point += 1) {
      const square = squareBetween(points, point * length, middles, group * length, length);
      if (square < (nearest[point] ?? 0)) nearest[point] = square;
      sum += nearest[point] ?? 0;
    }
    let left = random.between(0, sum);
    chosen = count - 1;
    for (let point = 0; point < count; point += 1) {
      left -= nearest[point] ?? 0;
      if (left < 0) {
        chosen = point;
        break;
      }
    }
  }
  return middles;
}

/** Gives each point to the nearest middle; how many changed groups. */
function assign(
  points: Float32Array,
  length: number,
  middles: Float32Array,
  groups: Uint16Array,
  squares: Float32Array,
  isFirst: boolean,
): number {
  const k = middles.length / length;
  let moved = 0;
  for (let point = 0; point < groups.length; point += 1) {
    let best = Number.POSITIVE_INFINITY;
    let nearest = 0;
    for (let group = 0; group < k; group += 1) {
      const square = squareBetween(points, point * length, middles, group * length, length);
      if (square < best) {
        best = square;
        nearest = group;
      }
    }
    if (isFirst || groups[point] !== nearest) moved += 1;
    groups[point] = nearest;
    squares[point] = best;
  }
  return moved;
}

function moveMiddles(
  points: Float32Array,
  length: number,
  middles: Float32Array,
  groups: Uint16Array,
  squares: Float32Array,
): void {
  const sizes = new Uint32Array(middles.length / length);
  middles.fill(0);
  groups.forEach((group, point) => {
    sizes[group] = (sizes[group] ?? 0) + 1;
    const to = group * length;
    const from = point * length;
    for (let at = 0; at < length; at += 1)
      middles[to + at] = (middles[to + at] ?? 0) + (points[from + at] ?? 0);
  });
  sizes.forEach((size, group) => {
    const to = group * length;
    if (size === 0) {
      const farthest = squares.reduce(
        (best, square, point) => (square > (squares[best] ?? 0) ? point : best),
        0,
      );
      middles.set(points.subarray(farthest * length, (farthest + 1) * length), to);
      squares[farthest] = 0;
    } else for (let at = 0; at < length; at += 1) middles[to + at] = (middles[to + at] ?? 0) / size;
  });
}

function squareBetween(
  a: Float32Array,
  fromA: number,
  b: Float32Array,
  fromB: number,
  length: number,
): number {
  let sum = 0;
  for (let at = 0; at < length; at += 1) {
    const difference = (a[fromA + at] ?? 0) - (b[fromB + at] ?? 0);
    sum += difference * difference;
  }
  return sum;
}
