import type { Place } from '../../geometry/polygon-part';

/** Distances of lines take the product of their vertices; that of two such takes about a third of a second. */
const MOST_VERTICES = 1000;

/**
 * A line of more than 1,000 vertices as so many places at equal steps along it, its ends among them: nowhere farther from it
 * than a step, a thousandth of its length. Others stay as they are.
 */
export function thinnedLine(line: readonly Place[]): readonly Place[] {
  if (line.length <= MOST_VERTICES) return line;
  const lengths = [0];
  for (let index = 1; index < line.length; index += 1) {
    const from = line[index - 1];
    const to = line[index];
    if (from !== undefined && to !== undefined)
      lengths.push((lengths[index - 1] ?? 0) + Math.hypot(to.x - from.x, to.y - from.y));
  }
  const total = lengths[lengths.length - 1] ?? 0;
  const places: Place[] = [];
  let segment = 1;
  for (let step = 0; step < MOST_VERTICES; step += 1) {
    const at = (total * step) / (MOST_VERTICES - 1);
    while (segment < line.length - 1 && (lengths[segment] ?? 0) < at) segment += 1;
    const from = line[segment - 1];
    const to = line[segment];
    const before = lengths[segment - 1] ?? 0;
    const length = (lengths[segment] ?? 0) - before;
    const share = length === 0 ? 0 : Math.min(1, (at - before) / length);
    if (from === undefined || to === undefined) continue;
    places.push({ x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) });
  }
  return places;
}
