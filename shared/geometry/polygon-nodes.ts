import type { Place } from './polygon-part';

/** Places nearer to each other than this, in image px, are one: crossings are only as exact as floats. */
const SAME_PLACE = 1e-6;

/** Cells of 1 px are numbered column by column; more rows than coordinates may have. */
const ROWS = 4_000_000;

/** Edges by the numbers of the places they join, split wherever they meet. */
export interface Noded {
  readonly places: readonly Place[];
  readonly ringEdges: readonly (readonly [from: number, to: number])[];
  readonly lineEdges: readonly (readonly [from: number, to: number])[];
}

interface Segment {
  readonly from: Place;
  readonly to: Place;
  /** Where something meets it, from 0 at `from` to 1 at `to`. */
  readonly stops: number[];
}

/** Splits rings and a line where the line meets a ring or itself. Rings do not cross one another. */
export function nodedEdges(rings: readonly (readonly Place[])[], line: readonly Place[]): Noded {
  const ofRings = rings.flatMap((ring) =>
    ring.map((from, index) => segment(from, ring[(index + 1) % ring.length] ?? from)),
  );
  const ofLine = line.slice(1).map((to, index) => segment(line[index] ?? to, to));
  ofLine.forEach((cut, index) => {
    for (const edge of ofRings) meet(cut, edge);
    for (const other of ofLine.slice(index + 1)) meet(cut, other);
  });
  const { places, numberOf } = createPlaces();
  // Vertices first, so that a crossing beside one takes its place and not the other way round.
  for (const { from, to } of ofRings) {
    numberOf(from);
    numberOf(to);
  }
  const split = (segments: readonly Segment[]) =>
    segments.flatMap(({ from, to, stops }) => {
      const inOrder = [0, ...stops.sort((a, b) => a - b), 1];
      const along = inOrder.map((stop) => numberOf(placeAt(from, to, stop)));
      return along.slice(1).flatMap((end, index) => {
        const start = along[index] ?? end;
        return start === end ? [] : [[start, end] as const];
      });
    });
  return { ringEdges: split(ofRings), lineEdges: split(ofLine), places };
}

/** Numbers places; one that lies on a known one gets its number. */
function createPlaces() {
  const places: Place[] = [];
  const cells = new Map<number, number[]>();
  const cellOf = (column: number, row: number) => column * ROWS + row;
  const knownIn = (cell: number, { x, y }: Place): number | null => {
    for (const number of cells.get(cell) ?? []) {
      const other = places[number];
      if (other !== undefined && Math.abs(other.x - x) <= SAME_PLACE && Math.abs(other.y - y) <= SAME_PLACE) {
        return number;
      }
    }
    return null;
  };
  const numberOf = (place: Place): number => {
    const left = Math.floor(place.x - SAME_PLACE);
    const right = Math.floor(place.x + SAME_PLACE);
    const top = Math.floor(place.y - SAME_PLACE);
    const bottom = Math.floor(place.y + SAME_PLACE);
    // One cell, but for places on the border between cells.
    for (let column = left; column <= right; column += 1) {
      for (let row = top; row <= bottom; row += 1) {
        const known = knownIn(cellOf(column, row), place);
        if (known !== null) return known;
      }
    }
    places.push(place);
    const cell = cellOf(Math.floor(place.x), Math.floor(place.y));
    const others = cells.get(cell);
    if (others === undefined) cells.set(cell, [places.length - 1]);
    else others.push(places.length - 1);
    return places.length - 1;
  };
  return { places, numberOf };
}

/** The places where a line meets a segment, from its start to its end. */
export function crossingsOf(from: Place, to: Place, line: readonly Place[]): readonly Place[] {
  const crossed = segment(from, to);
  line.slice(1).forEach((end, index) => {
    meet(crossed, segment(line[index] ?? end, end));
  });
  return crossed.stops.sort((a, b) => a - b).map((stop) => placeAt(from, to, stop));
}

function segment(from: Place, to: Place): Segment {
  return { from, to, stops: [] };
}

/** Notes on two segments where they meet. Parallel ones meet where an end of one lies on the other. */
function meet(a: Segment, b: Segment): void {
  if (
    Math.max(a.from.x, a.to.x) < Math.min(b.from.x, b.to.x) - SAME_PLACE ||
    Math.max(b.from.x, b.to.x) < Math.min(a.from.x, a.to.x) - SAME_PLACE ||
    Math.max(a.from.y, a.to.y) < Math.min(b.from.y, b.to.y) - SAME_PLACE ||
    Math.max(b.from.y, b.to.y) < Math.min(a.from.y, a.to.y) - SAME_PLACE
  ) {
    return;
  }
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    for (const end of [other.from, other.to]) {
      const stop = stopNear(one, end);
      if (stop !== null) one.stops.push(stop);
    }
  }
  const ax = a.to.x - a.from.x;
  const ay = a.to.y - a.from.y;
  const bx = b.to.x - b.from.x;
  const by = b.to.y - b.from.y;
  const determinant = ax * by - ay * bx;
  if (determinant === 0) return;
  const dx = b.from.x - a.from.x;
  const dy = b.from.y - a.from.y;
  const alongA = (dx * by - dy * bx) / determinant;
  const alongB = (dx * ay - dy * ax) / determinant;
  if (!(alongA >= 0 && alongA <= 1 && alongB >= 0 && alongB <= 1)) return;
  a.stops.push(alongA);
  b.stops.push(alongB);
}

/** Where on a segment a place lies, or null when it lies beside it. */
function stopNear({ from, to }: Segment, place: Place): number | null {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const squared = dx * dx + dy * dy;
  if (squared === 0) return null;
  const along = ((place.x - from.x) * dx + (place.y - from.y) * dy) / squared;
  if (along < 0 || along > 1) return null;
  const away = Math.hypot(place.x - from.x - along * dx, place.y - from.y - along * dy);
  return away <= SAME_PLACE ? along : null;
}

/** The ends exactly, not as floats would give them. */
function placeAt(from: Place, to: Place, along: number): Place {
  if (along === 0) return from;
  if (along === 1) return to;
  return { x: from.x + along * (to.x - from.x), y: from.y + along * (to.y - from.y) };
}
