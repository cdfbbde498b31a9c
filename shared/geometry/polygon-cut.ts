import { crossingsOf, type Noded, nodedEdges } from './polygon-nodes';
import { type AreaPart, type Place, ringsOfParts } from './polygon-part';
import { isInsideRing, ringArea } from './ring';

/** One way along an edge. Edges are numbered so that `way ^ 1` is the same edge the other way. */
interface Way {
  readonly from: number;
  readonly to: number;
  readonly isCut: boolean;
}

/** How far inside a piece its nature is asked for, as a share of an edge's length. */
const INWARD = 1e-4;

/**
 * The pieces that a line (image px) parts an area into; the area itself when the line nowhere goes all the way through.
 * Ends of the line that stop inside cut nothing. Pieces share the cut's vertices exactly and together have the area of
 * the whole. Rings must not cross themselves. O(edges · edges of the line).
 */
export function cutArea(parts: readonly AreaPart[], line: readonly Place[]): readonly AreaPart[] {
  return parts.flatMap((part) => cutPart(part, line));
}

function cutPart(part: AreaPart, line: readonly Place[]): readonly AreaPart[] {
  const rings = ringsOfParts([part]);
  const noded = nodedEdges(rings, line);
  const isInside = (place: Place) =>
    isInsideRing(part.exterior, place) && !part.holes.some((hole) => isInsideRing(hole, place));
  const ways = waysOf(noded, isInside);
  const separating = withoutDeadEnds(noded.places, ways);
  if (!separating.some((way) => way.isCut)) return [part];
  const cycles = cyclesOf(noded.places, separating).map((cycle) =>
    cycle.map((way) => noded.places[separating[way]?.from ?? 0] ?? { x: 0, y: 0 }),
  );
  // A face lies to the right of its ways as seen: its exterior runs clockwise, what is cut out of it the other way.
  const exteriors = cycles.filter((ring) => signedArea(ring) > 0 && isInside(justInside(ring)));
  const holes = cycles.filter((ring) => signedArea(ring) < 0);
  const pieces = exteriors.map((exterior) => ({ exterior, holes: [] as (readonly Place[])[] }));
  for (const hole of holes) {
    const [corner] = hole;
    if (corner === undefined) continue;
    const place = justInside(hole);
    const around = pieces
      .filter(({ exterior }) => isInsideRing(exterior, place))
      .sort((a, b) => ringArea(a.exterior) - ringArea(b.exterior));
    around[0]?.holes.push(hole);
  }
  return pieces.length === 0 ? [part] : pieces;
}

/** Both ways of every edge of the rings, and of the parts of the line that run inside. */
function waysOf({ ringEdges, lineEdges, places }: Noded, isInside: (place: Place) => boolean): Way[] {
  const known = new Set<number>();
  const ways: Way[] = [];
  const add = (from: number, to: number, isCut: boolean) => {
    const key = Math.min(from, to) * places.length + Math.max(from, to);
    if (from === to || known.has(key)) return;
    known.add(key);
    ways.push({ from, to, isCut }, { from: to, to: from, isCut });
  };
  for (const [from, to] of ringEdges) add(from, to, false);
  for (const [from, to] of lineEdges) {
    const a = places[from];
    const b = places[to];
    if (a === undefined || b === undefined) continue;
    if (isInside({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })) add(from, to, true);
  }
  return ways;
}

/** Without the parts of the cut that have the same piece on both sides: ends that stop inside, bridges to holes. */
function withoutDeadEnds(places: readonly Place[], ways: readonly Way[]): readonly Way[] {
  const cycleOf = new Map<number, number>();
  cyclesOf(places, ways).forEach((cycle, number) => {
    for (const way of cycle) cycleOf.set(way, number);
  });
  const kept: Way[] = [];
  for (let way = 0; way < ways.length; way += 2) {
    const there = ways[way];
    const back = ways[way + 1];
    if (there === undefined || back === undefined) continue;
    if (!there.isCut || cycleOf.get(way) !== cycleOf.get(way + 1)) kept.push(there, back);
  }
  return kept;
}

/** The borders of all faces, each as ways in order with the face to their right as seen. */
function cyclesOf(places: readonly Place[], ways: readonly Way[]): readonly (readonly number[])[] {
  const leaving = new Map<number, number[]>();
  ways.forEach(({ from }, way) => {
    const others = leaving.get(from);
    if (others === undefined) leaving.set(from, [way]);
    else others.push(way);
  });
  const angleOf = (way: number) => {
    const from = places[ways[way]?.from ?? 0];
    const to = places[ways[way]?.to ?? 0];
    return from === undefined || to === undefined ? 0 : Math.atan2(to.y - from.y, to.x - from.x);
  };
  const next = new Map<number, number>();
  for (const around of leaving.values()) {
    const sorted = around.map((way) => ({ way, angle: angleOf(way) })).sort((a, b) => a.angle - b.angle);
    sorted.forEach(({ way }, index) => {
      // Coming in by the way back, the sharpest turn to the right is the neighbour counterclockwise as seen.
      const turn = sorted[(index + sorted.length - 1) % sorted.length];
      if (turn !== undefined) next.set(way ^ 1, turn.way);
    });
  }
  const taken = new Set<number>();
  const cycles: number[][] = [];
  for (let start = 0; start < ways.length; start += 1) {
    if (taken.has(start)) continue;
    const cycle: number[] = [];
    for (let way = start; !taken.has(way); way = next.get(way) ?? start) {
      taken.add(way);
      cycle.push(way);
    }
    cycles.push(cycle);
  }
  return cycles;
}

/** A place just to the right of the longest edge of a ring, as seen along it. */
function justInside(ring: readonly Place[]): Place {
  let longest = -1;
  let place: Place = { x: Number.NaN, y: Number.NaN };
  ring.forEach((from, index) => {
    const to = ring[(index + 1) % ring.length] ?? from;
    const dx = to.x - from.x;
    const dy = to.y - from.y;
    const length = Math.hypot(dx, dy);
    if (length <= longest) return;
    longest = length;
    place = { x: (from.x + to.x) / 2 - dy * INWARD, y: (from.y + to.y) / 2 + dx * INWARD };
  });
  return place;
}

/** Positive for rings that run clockwise as seen. */
function signedArea(ring: readonly Place[]): number {
  const origin = ring[0];
  if (origin === undefined) return 0;
  let doubled = 0;
  ring.forEach((from, index) => {
    const to = ring[(index + 1) % ring.length] ?? from;
    doubled += (from.x - origin.x) * (to.y - origin.y) - (to.x - origin.x) * (from.y - origin.y);
  });
  return doubled / 2;
}

/** The stretches of a line between the places where another line crosses it; itself alone when none does. */
export function cutLine(points: readonly Place[], line: readonly Place[]): readonly (readonly Place[])[] {
  const pieces: Place[][] = [];
  let piece: Place[] = [];
  const isFar = (place: Place) => {
    const end = piece[piece.length - 1];
    return end === undefined || Math.hypot(place.x - end.x, place.y - end.y) > 1e-6;
  };
  points.forEach((from, index) => {
    if (isFar(from)) piece.push(from);
    const to = points[index + 1];
    if (to === undefined) return;
    for (const place of crossingsOf(from, to, line)) {
      if (isFar(place)) piece.push(place);
      // A cut through the very start parts nothing from nothing.
      if (piece.length < 2) continue;
      pieces.push(piece);
      piece = [place];
    }
  });
  if (piece.length >= 2) pieces.push(piece);
  return pieces.length === 0 ? [points] : pieces;
}
