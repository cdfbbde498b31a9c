import { countCrossings } from '../geometry/count-crossings';
import { areaUnion } from '../geometry/polygon-boolean';
import type { AreaPart } from '../geometry/polygon-part';
import { areCollinear, isInsideRing } from '../geometry/ring';
import { err, ok, type Result } from '../result/result';
import type { Vertex } from '../schema/shapes';
import { refusal, repairedVertices } from './repair-vertices';

/** A ring that crosses itself more often is a scribble; working out what it encloses takes time with the square of it. */
const MOST_CROSSINGS = 500;
/** The same, for what is worked out per vertex. */
const MOST_VERTICES_TO_REPAIR = 20_000;

export interface RepairedParts {
  readonly parts: readonly AreaPart[];
  readonly repairs: readonly string[];
}

/** Parts with an area, whose rings do not cross themselves or each other; refused when nothing is left. */
export function repairedParts(value: unknown): Result<RepairedParts> {
  if (!Array.isArray(value)) return err(refusal('its list of parts is missing'));
  const repairs: string[] = [];
  const parts: AreaPart[] = [];
  let withoutArea = 0;
  for (const entry of value) {
    const { exterior, holes } = (entry ?? {}) as { readonly exterior?: unknown; readonly holes?: unknown };
    const outline = ringOf(exterior, repairs);
    if (!outline.ok) return outline;
    if (outline.value === null) {
      withoutArea += 1;
      continue;
    }
    const kept: (readonly Vertex[])[] = [];
    for (const hole of Array.isArray(holes) ? holes : []) {
      const ring = ringOf(hole, repairs);
      if (!ring.ok) return ring;
      if (ring.value === null) withoutArea += 1;
      else kept.push(ring.value);
    }
    const uncrossed = withoutCrossings({ exterior: outline.value, holes: kept }, repairs);
    if (!uncrossed.ok) return uncrossed;
    parts.push(...uncrossed.value);
  }
  if (parts.length === 0)
    return err(refusal('it has no area: a polygon needs three points that do not lie on one line'));
  if (withoutArea > 0) {
    repairs.push(
      withoutArea === 1
        ? '1 ring without area was left out'
        : `${withoutArea} rings without area were left out`,
    );
  }
  return ok({ parts, repairs });
}

/** Null for a ring that encloses nothing. */
function ringOf(value: unknown, repairs: string[]): Result<readonly Vertex[] | null> {
  const repaired = repairedVertices(value, true);
  if (!repaired.ok) return repaired;
  const { points } = repaired.value;
  if (points.length < 3 || areCollinear(points)) return ok(null);
  repairs.push(...repaired.value.repairs);
  return ok(points);
}

/** Of a part whose rings do not cross: a hole lies wholly inside, wholly beside, or around all of it. */
function withHolesInside({ exterior, holes }: AreaPart, repairs: string[]): readonly AreaPart[] {
  if (holes.some((hole) => !reachesInto(hole, exterior) && reachesInto(exterior, hole))) {
    repairs.push('a part that lies wholly in its own hole was left out');
    return [];
  }
  const inside = holes.filter((hole) => reachesInto(hole, exterior));
  const beside = holes.length - inside.length;
  if (beside > 0)
    repairs.push(
      beside === 1
        ? '1 hole beside its outline was left out'
        : `${beside} holes beside their outline were left out`,
    );
  return [{ exterior, holes: inside }];
}

/** Vertices that lie on the outline are neither in nor out, so the middles of edges are asked, too. */
function reachesInto(ring: readonly Vertex[], outline: readonly Vertex[]): boolean {
  return ring.some((vertex, index) => {
    const next = ring[(index + 1) % ring.length] ?? vertex;
    const middle = { x: (vertex.x + next.x) / 2, y: (vertex.y + next.y) / 2 };
    return isInsideRing(outline, vertex) || isInsideRing(outline, middle);
  });
}

function withoutCrossings(part: AreaPart, repairs: string[]): Result<readonly AreaPart[]> {
  const rings = [part.exterior, ...part.holes];
  const crossings = countCrossings(rings, MOST_CROSSINGS);
  if (crossings === 0) return ok(withHolesInside(part, repairs));
  const vertices = rings.reduce((sum, ring) => sum + ring.length, 0);
  if (crossings === null) {
    return err(
      refusal(
        `whether its ${vertices} edges cross could not be found out in time. Simplify it where it was made`,
      ),
    );
  }
  if (crossings > MOST_CROSSINGS || vertices > MOST_VERTICES_TO_REPAIR) {
    const times = crossings > MOST_CROSSINGS ? `more than ${MOST_CROSSINGS}` : String(crossings);
    return err(refusal(`its outline of ${vertices} vertices crosses itself ${times} times. Draw it anew`));
  }
  const united = areaUnion([[part]]);
  if (!united.ok) return united;
  const parts = united.value.flatMap(tidied);
  if (parts.length === 0) return err(refusal('its outline runs back on itself and encloses nothing'));
  const into = parts.length === 1 ? '1 part' : `${parts.length} parts`;
  repairs.push(
    `its outline crossed itself ${crossings === 1 ? 'once' : `${crossings} times`}: what it goes around became ${into}`,
  );
  return ok(parts);
}

/** Where edges met at a hair's breadth the union leaves two vertices on one spot; they say nothing new. */
function tidied({ exterior, holes }: AreaPart): readonly AreaPart[] {
  const tidy = (ring: readonly Vertex[]) => {
    const tidyRing = ringOf(ring, []);
    return tidyRing.ok ? tidyRing.value : null;
  };
  const outline = tidy(exterior);
  return outline === null
    ? []
    : [
        {
          exterior: outline,
          holes: holes.flatMap((hole) => [tidy(hole) ?? []]).filter((hole) => hole.length > 0),
        },
      ];
}
