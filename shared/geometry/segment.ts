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
