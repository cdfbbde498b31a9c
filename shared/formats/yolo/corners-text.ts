import type { Size } from '../../geometry/rect';
import type { Vertex } from '../../schema/shapes';
import { MAX_NUMBERS } from './label-scanner';
import { decimalOfUnits, unitsOf } from './normalised-box';

const MAX_CORNERS = (MAX_NUMBERS - 1) / 2;

/**
 * Corners in image px as `x y x y …`, fractions of the picture and never outside of it; null when there are more than a
 * reader takes.
 *
 * @param isNoBox begins at another corner where they would look like an upright box, clockwise from its top-left one.
 */
export function cornersText(corners: readonly Vertex[], size: Size, isNoBox: boolean): string | null {
  if (corners.length > MAX_CORNERS) return null;
  const units = corners.map(({ x, y }) => ({ x: unitsOf(x, size.width), y: unitsOf(y, size.height) }));
  const [first, ...others] = units;
  const ordered = isNoBox && first !== undefined && isUpright(units) ? [...others, first] : units;
  return ordered.map(({ x, y }) => `${decimalOfUnits(x)} ${decimalOfUnits(y)}`).join(' ');
}

function isUpright([topLeft, topRight, bottomRight, bottomLeft, ...more]: readonly Vertex[]): boolean {
  if (!topLeft || !topRight || !bottomRight || !bottomLeft || more.length > 0) return false;
  return (
    topLeft.y === topRight.y &&
    topRight.x === bottomRight.x &&
    bottomRight.y === bottomLeft.y &&
    bottomLeft.x === topLeft.x &&
    bottomRight.x > topLeft.x &&
    bottomRight.y > topLeft.y
  );
}

/** Lengths of clamped shapes may pass the edge by a rounding of the last bit; that is no leaving. */
export function slackOf({ width, height }: Size): number {
  return 1e-9 * (width + height);
}

export function isInside(corners: readonly Vertex[], size: Size): boolean {
  const slack = slackOf(size);
  return corners.every(
    ({ x, y }) => x >= -slack && y >= -slack && x <= size.width + slack && y <= size.height + slack,
  );
}

/**
 * The part of a closed ring inside the picture (Sutherland and Hodgman 1974); where the ring leaves it, it runs along
 * the edge. Empty when nothing is inside.
 */
export function clippedRing(ring: readonly Vertex[], { width, height }: Size): readonly Vertex[] {
  let left = clippedBy(ring, ({ x }) => x);
  left = clippedBy(left, ({ x }) => width - x);
  left = clippedBy(left, ({ y }) => y);
  return clippedBy(left, ({ y }) => height - y);
}

/** The part of a closed ring where `inside` is not negative; `inside` is linear. */
function clippedBy(ring: readonly Vertex[], inside: (vertex: Vertex) => number): readonly Vertex[] {
  return ring.flatMap((from, index) => {
    const to = ring[(index + 1) % ring.length] ?? from;
    const here = inside(from);
    const there = inside(to);
    const kept = here >= 0 ? [from] : [];
    if (here >= 0 === there >= 0) return kept;
    const along = here / (here - there);
    return [...kept, { x: from.x + along * (to.x - from.x), y: from.y + along * (to.y - from.y) }];
  });
}
