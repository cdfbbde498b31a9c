interface Coordinates {
  readonly x: number;
  readonly y: number;
}

/** Distance from a point to the segment between `from` and `to`, in the unit of its arguments. */
export function distanceToSegment(point: Coordinates, from: Coordinates, to: Coordinates): number {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const lengthSquared = dx * dx + dy * dy;
  const along = lengthSquared === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / lengthSquared;
  const nearest = Math.min(Math.max(along, 0), 1);
  return Math.hypot(point.x - (from.x + nearest * dx), point.y - (from.y + nearest * dy));
}

/** Whether two segments have a point in common; touching ends count. */
export function segmentsMeet(a: Coordinates, b: Coordinates, c: Coordinates, d: Coordinates): boolean {
  const sideOfC = sideOf(a, b, c);
  const sideOfD = sideOf(a, b, d);
  const sideOfA = sideOf(c, d, a);
  const sideOfB = sideOf(c, d, b);
  if (sideOfC * sideOfD < 0 && sideOfA * sideOfB < 0) return true;
  return (
    (sideOfC === 0 && isBetween(a, b, c)) ||
    (sideOfD === 0 && isBetween(a, b, d)) ||
    (sideOfA === 0 && isBetween(c, d, a)) ||
    (sideOfB === 0 && isBetween(c, d, b))
  );
}

/** Positive on one side of the line through `from` and `to`, negative on the other, 0 on it. */
function sideOf(from: Coordinates, to: Coordinates, point: Coordinates): number {
  return Math.sign((to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x));
}

/** Of a point on the line through `from` and `to`. */
function isBetween(from: Coordinates, to: Coordinates, point: Coordinates): boolean {
  return (
    Math.min(from.x, to.x) <= point.x &&
    point.x <= Math.max(from.x, to.x) &&
    Math.min(from.y, to.y) <= point.y &&
    point.y <= Math.max(from.y, to.y)
  );
}
