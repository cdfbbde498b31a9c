import { isInsideRing } from '../../geometry/ring';
import type { PolygonPart, Vertex } from '../../schema/shapes';

type Ring = readonly Vertex[];

/** Nearest vertices are looked for among all pairs up to so many; beyond, a bridge is as good from anywhere. */
const MAX_PAIRS = 4_000_000;

/** More rings than this in one outline were made to keep a reader busy, or are better left as they are. */
const MAX_RINGS_APART = 200;

/** Vertices of a ring that are asked whether they lie in another. */
const MAX_ASKED = 7;

/**
 * One closed outline of all rings of a polygon, joined by bridges of no width, as Ultralytics joins the parts of a COCO
 * segmentation: out over a bridge, once around, and back over the same bridge. Holes run the other way than their
 * outline, so that filling by either rule leaves them out.
 */
export function joinedByBridges(parts: readonly PolygonPart[]): Ring {
  let joined: Ring = [];
  for (const { exterior, holes } of parts) {
    const turn = signedArea(exterior) < 0 ? -1 : 1;
    joined = bridged(joined, turn > 0 ? exterior : [...exterior].reverse());
    for (const hole of holes) {
      joined = bridged(joined, signedArea(hole) > 0 ? [...hole].reverse() : hole);
    }
  }
  return joined;
}

function bridged(outline: Ring, ring: Ring): Ring {
  if (outline.length === 0) return ring;
  const [from, to] = nearestPair(outline, ring);
  const around = [...ring.slice(to), ...ring.slice(0, to)];
  const [entry] = around;
  const stand = outline[from];
  if (entry === undefined || stand === undefined) return outline;
  return [...outline.slice(0, from + 1), ...around, entry, stand, ...outline.slice(from + 1)];
}

function nearestPair(a: Ring, b: Ring): readonly [number, number] {
  if (a.length * b.length > MAX_PAIRS) return [0, 0];
  let best: readonly [number, number] = [0, 0];
  let least = Number.POSITIVE_INFINITY;
  a.forEach((one, i) => {
    b.forEach((other, j) => {
      const away = (one.x - other.x) ** 2 + (one.y - other.y) ** 2;
      if (away >= least) return;
      least = away;
      best = [i, j];
    });
  });
  return best;
}

export interface TakenApart {
  readonly parts: readonly PolygonPart[];
  /**
   * Whether lines between the rings ran there and not back, as where closed rings are written one after another: then
   * they enclose something that belongs to no ring and was left away.
   */
  readonly isChain: boolean;
}

/**
 * The parts of a polygon again from one outline with bridges: wherever the outline comes back to a vertex, what lies
 * between is a ring of its own, and two vertices by themselves are a bridge. Null when that does not explain the whole
 * outline, e.g. because it only touches itself. O(n) and O(rings²).
 */
export function takenApart(outline: Ring): TakenApart | null {
  // Few outlines come back to any vertex, and none without coming back to its x.
  if (new Set(outline.map((vertex) => vertex.x)).size === outline.length) return null;
  const closed = closedRings(outline);
  // Two rings have one line between them, out and back.
  if (closed !== null) return { parts: nested(closed), isChain: closed.length > 2 };
  const rings: Ring[] = [];
  let bridges = 0;
  const open: Vertex[] = [];
  const placeOf = new Map<string, number>();
  const entries = new Set<Vertex>();
  for (const vertex of outline) {
    const key = `${vertex.x} ${vertex.y}`;
    const earlier = placeOf.get(key);
    if (earlier === undefined) {
      placeOf.set(key, open.length);
      open.push(vertex);
      continue;
    }
    const loop = open.splice(earlier + 1);
    for (const { x, y } of loop) placeOf.delete(`${x} ${y}`);
    const [only] = loop;
    if (only === undefined) return null;
    if (loop.length === 1) {
      // A bridge ends at a ring; a line that goes nowhere is a spike of the outline.
      if (!entries.has(only)) return null;
      bridges += 1;
    } else {
      rings.push([vertex, ...loop]);
      const entry = open[earlier];
      if (entry !== undefined) entries.add(entry);
    }
    if (rings.length > MAX_RINGS_APART) return null;
  }
  const isJoined = open.every((vertex) => entries.has(vertex));
  const isChain = isJoined && open.length > 2;
  if (isJoined) bridges += open.length - 1;
  else if (open.length > 2) rings.push(open);
  else return null;
  return rings.length > 1 && bridges === rings.length - 1 ? { parts: nested(rings), isChain } : null;
}

/** Closed rings one after another, each back at its first vertex; null when the outline is not just that. */
function closedRings(outline: Ring): readonly Ring[] | null {
  const placesOf = new Map<string, number[]>();
  outline.forEach(({ x, y }, at) => {
    const key = `${x} ${y}`;
    const known = placesOf.get(key);
    if (known === undefined) placesOf.set(key, [at]);
    else known.push(at);
  });
  const rings: Ring[] = [];
  for (let from = 0; from < outline.length; ) {
    const { x, y } = outline[from] ?? { x: 0, y: 0 };
    const to = placesOf.get(`${x} ${y}`)?.find((at) => at > from) ?? -1;
    if (to - from < 3 || rings.length > MAX_RINGS_APART) return null;
    rings.push(outline.slice(from, to));
    from = to + 1;
  }
  return rings.length > 1 ? rings : null;
}

/** Rings that run the other way than the ring they lie in are its holes. */
function nested(rings: readonly Ring[]): readonly PolygonPart[] {
  const areas = rings.map(signedArea);
  const holes = new Map<number, Ring[]>();
  const parts: number[] = [];
  rings.forEach((ring, index) => {
    let owner = -1;
    rings.forEach((other, at) => {
      const isAround =
        at !== index && areas[at] !== 0 && Math.sign(areas[at] ?? 0) !== Math.sign(areas[index] ?? 0);
      if (!isAround || Math.abs(areas[at] ?? 0) <= Math.abs(areas[index] ?? 0)) return;
      if (owner >= 0 && Math.abs(areas[at] ?? 0) >= Math.abs(areas[owner] ?? 0)) return;
      if (isMostlyInside(ring, other)) owner = at;
    });
    if (owner < 0) parts.push(index);
    else holes.set(owner, [...(holes.get(owner) ?? []), ring]);
  });
  // The hole of a hole has no place in a part: it is one for itself.
  const isPart = new Set(parts);
  const orphans = [...holes].filter(([owner]) => !isPart.has(owner)).flatMap(([, lost]) => lost);
  return [
    ...parts.map((index) => ({ exterior: rings[index] ?? [], holes: holes.get(index) ?? [] })),
    ...orphans.map((exterior) => ({ exterior, holes: [] })),
  ];
}

/** Some vertices, because one that lies on the other ring may fall on either side of it, and not all of thousands. */
function isMostlyInside(ring: Ring, other: Ring): boolean {
  const step = Math.max(1, Math.floor(ring.length / MAX_ASKED));
  const asked = ring.filter((_, index) => index % step === 0).slice(0, MAX_ASKED);
  return asked.filter((vertex) => isInsideRing(other, vertex)).length * 2 > asked.length;
}

/** Twice the area, positive where the ring runs clockwise as seen. */
function signedArea(ring: Ring): number {
  let doubled = 0;
  let previous = ring[ring.length - 1];
  const origin = ring[0];
  if (previous === undefined || origin === undefined) return 0;
  for (const vertex of ring) {
    doubled +=
      (previous.x - origin.x) * (vertex.y - origin.y) - (vertex.x - origin.x) * (previous.y - origin.y);
    previous = vertex;
  }
  return doubled;
}
