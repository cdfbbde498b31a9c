import type { Place } from '../../geometry/polygon-part';
import { thinnedLine } from './thinned-line';

/** Half of how finely the distance is told, in image px: less than anybody can draw or see. */
const ERROR_IN_IMAGE_PX = 0.01;

/**
 * Fréchet distance of two open lines in image px: the shortest leash with which a person on one and a dog on the other
 * can both walk from start to end without turning back. Lines that run in opposite directions are far apart.
 * By Alt and Godau 1995 ("Computing the Fréchet distance between two polygonal curves"): whether a leash is enough is
 * decided in the free-space diagram, and the shortest one found by halving, within 0.01 px. It is that of the lines
 * themselves; the discrete one of their vertices (Eiter and Mannila 1994) would change with where people click.
 * Lines of more than 1,000 vertices are off by a thousandth of their length at most. O(n · m) a halving, about 20 of them.
 * @param most lines that are farther apart are told as infinitely far, which is quickly seen.
 */
export function frechetDistance(
  a: readonly Place[],
  b: readonly Place[],
  most = Number.POSITIVE_INFINITY,
): number {
  const p = thinnedLine(a);
  const q = thinnedLine(b);
  const startOfP = p[0];
  const startOfQ = q[0];
  const endOfP = p[p.length - 1];
  const endOfQ = q[q.length - 1];
  if (
    startOfP === undefined ||
    startOfQ === undefined ||
    endOfP === undefined ||
    endOfQ === undefined ||
    p.length < 2 ||
    q.length < 2
  ) {
    return Number.POSITIVE_INFINITY;
  }
  let low = Math.max(apart(startOfP, startOfQ), apart(endOfP, endOfQ));
  if (low > most) return Number.POSITIVE_INFINITY;
  if (isLeashEnough(p, q, low)) return low;
  // While one stands at its start the other may walk, then the first walks to where the other ended.
  let high = Math.max(farthest(startOfP, q), farthest(endOfQ, p));
  if (most < high) {
    if (!isLeashEnough(p, q, most)) return Number.POSITIVE_INFINITY;
    high = most;
  }
  while (high - low > ERROR_IN_IMAGE_PX) {
    const middle = (low + high) / 2;
    if (isLeashEnough(p, q, middle)) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

/** In image px: shorter segments count as their ends, because squares of less lose all digits. */
const SHORTEST = 1e-9;

/** The part of an edge of a cell that can be reached; none when `from` lies behind `to`. */
interface Span {
  readonly from: number;
  readonly to: number;
}

const NOWHERE: Span = { from: 1, to: 0 };

/** Row by row through the free-space diagram: which parts of each cell's right and upper edge can be reached. */
function isLeashEnough(p: readonly Place[], q: readonly Place[], leash: number): boolean {
  const columns = p.length - 1;
  const rows = q.length - 1;
  /** By column: what can be reached of the lower edge of the row's cells. */
  const lower: Span[] = [];
  let isOpen = true;
  for (let i = 0; i < columns; i += 1) {
    const free = freeSpan(q[0], p[i], p[i + 1], leash);
    // Along the border one can only come from the start.
    isOpen = isOpen && free.from === 0 && free.from <= free.to;
    lower.push(isOpen ? free : NOWHERE);
    isOpen = isOpen && free.to === 1;
  }
  let isLeftOpen = true;
  for (let j = 0; j < rows; j += 1) {
    const border = freeSpan(p[0], q[j], q[j + 1], leash);
    isLeftOpen = isLeftOpen && border.from === 0 && border.from <= border.to;
    let left = isLeftOpen ? border : NOWHERE;
    isLeftOpen = isLeftOpen && border.to === 1;
    for (let i = 0; i < columns; i += 1) {
      const below = lower[i] ?? NOWHERE;
      const right = freeSpan(p[i + 1], q[j], q[j + 1], leash);
      const above = freeSpan(q[j + 1], p[i], p[i + 1], leash);
      lower[i] = reached(above, left, below);
      left = reached(right, below, left);
    }
    if (j === rows - 1) return left.to === 1 && left.from <= left.to;
  }
  return false;
}

/** Of an edge's free part: all of it when the cell is entered across, else from where the edge opposite is left. */
function reached(free: Span, across: Span, opposite: Span): Span {
  if (across.from <= across.to) return free;
  if (opposite.from > opposite.to) return NOWHERE;
  return { from: Math.max(free.from, opposite.from), to: free.to };
}

/** Where a segment lies within the leash of a place, 0 at its start and 1 at its end. */
function freeSpan(
  place: Place | undefined,
  from: Place | undefined,
  to: Place | undefined,
  leash: number,
): Span {
  if (place === undefined || from === undefined || to === undefined) return NOWHERE;
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const fx = from.x - place.x;
  const fy = from.y - place.y;
  // Rounding must not close a way that is exactly as wide as the leash.
  const isFromFree = Math.hypot(fx, fy) <= leash;
  const isToFree = Math.hypot(to.x - place.x, to.y - place.y) <= leash;
  if (isFromFree && isToFree) return { from: 0, to: 1 };
  const a = dx * dx + dy * dy;
  const b = fx * dx + fy * dy;
  const root = b * b - a * (fx * fx + fy * fy - leash * leash);
  if (a < SHORTEST ** 2 || root < 0) return NOWHERE;
  const enters = isFromFree ? 0 : (-b - Math.sqrt(root)) / a;
  const leaves = isToFree ? 1 : (-b + Math.sqrt(root)) / a;
  return enters > 1 || leaves < 0 ? NOWHERE : { from: Math.max(0, enters), to: Math.min(1, leaves) };
}

function farthest(place: Place, line: readonly Place[]): number {
  let most = 0;
  for (const vertex of line) most = Math.max(most, apart(place, vertex));
  return most;
}

function apart(a: Place, b: Place): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
