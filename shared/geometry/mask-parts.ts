import { outlineOfMask } from './mask-outline';
import type { MaskRuns } from './mask-runs';
import type { AreaPart, Place } from './polygon-part';
import { boundsOfPoints } from './rect';
import { isInsideRing, ringArea } from './ring';
import { createSpatialIndex } from './spatial-index';

/** The set pixels as areas along their edges, exactly: each exterior with the holes that lie in it. */
export function partsOfMask(mask: MaskRuns): readonly AreaPart[] {
  const exteriors: { readonly exterior: readonly Place[]; readonly holes: (readonly Place[])[] }[] = [];
  const holes: (readonly Place[])[] = [];
  for (const ring of outlineOfMask(mask)) {
    if (runsClockwise(ring)) exteriors.push({ exterior: ring, holes: [] });
    else holes.push(ring);
  }
  if (holes.length === 0) return exteriors;
  const index = createSpatialIndex(
    exteriors.map((part, number) => {
      const bounds = boundsOfPoints(part.exterior) ?? { x: 0, y: 0, width: 0, height: 0 };
      return [number, bounds, part] as const;
    }),
  );
  for (const hole of holes) {
    // Each ring starts on its leftmost edge, so the pixel left of its start is set and around the hole.
    const [start, next] = hole;
    if (start === undefined || next === undefined) continue;
    const place = { x: start.x - 0.5, y: (start.y + next.y) / 2 };
    const around = index
      .search({ ...place, width: 0, height: 0 })
      .map(({ item }) => item)
      .filter(({ exterior }) => isInsideRing(exterior, place))
      .sort((a, b) => ringArea(a.exterior) - ringArea(b.exterior));
    around[0]?.holes.push(hole);
  }
  return exteriors;
}

/** The first edge of a traced ring is its leftmost one: it goes up around set pixels and down around a hole. */
function runsClockwise(ring: readonly Place[]): boolean {
  const [first, second] = ring;
  return first !== undefined && second !== undefined && second.y < first.y;
}
