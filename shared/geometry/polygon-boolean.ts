import { difference, type Geom, intersection, union } from 'polyclip-ts';
import { appError } from '../result/app-error';
import { err, ok, type Result } from '../result/result';
import { withComparisons } from './bounded-comparisons';
import { countCrossings } from './count-crossings';
import { type AreaPart, type Place, ringsOfParts } from './polygon-part';
import { ringArea } from './ring';

type Area = readonly AreaPart[];

/** Rings of less area than this, in px², come from rounding and are dropped. */
const LEAST_AREA = 1e-6;

/**
 * Crossings of all edges together, beyond one for each edge, which outlines that share a border have: the library takes
 * some 0.5 ms for each. Outlines that cross more often are scribbles, or were made so that nobody ever comes to an end.
 */
const MOST_CROSSINGS = 10_000;

/**
 * Comparisons of coordinates that the library gets, in all and for each corner and crossing: ten times what it was seen
 * to use for circles of up to 10,000 corners and scribbles of up to 2,500 crossings.
 */
const COMPARISONS = { least: 1_000_000, each: 3000 } as const;

/**
 * What lies in any of the areas, as parts that neither overlap nor cross themselves; none when nothing does. Rings of
 * one part that cross themselves count by the even-odd rule. Vertices that nothing cuts keep their place to the bit.
 * O(n log n) in vertices and crossings; 20,000 vertices take about a second.
 */
export function areaUnion(areas: readonly Area[]): Result<Area> {
  return clipped(areas, (first, rest) => union(first, ...rest));
}

/** What lies in the first area and in none of the others. */
export function areaDifference(from: Area, taken: readonly Area[]): Result<Area> {
  return clipped([from, ...taken], (first, rest) => difference(first, ...rest));
}

/** What lies in all of the areas. */
export function areaIntersection(areas: readonly Area[]): Result<Area> {
  return clipped(areas, (first, rest) => intersection(first, ...rest));
}

function clipped(areas: readonly Area[], clip: (first: Geom, rest: Geom[]) => Geom): Result<Area> {
  const areNumbers = areas.every((area) =>
    ringsOfParts(area).every((ring) => ring.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))),
  );
  // The library never comes to an end on infinite coordinates.
  if (!areNumbers) {
    return err(
      appError('edit.invalid-shape', 'These outlines have coordinates that are not numbers. Draw them anew.'),
    );
  }
  const rings = areas.flatMap(ringsOfParts);
  const most = rings.reduce((sum, ring) => sum + ring.length, MOST_CROSSINGS);
  const crossings = countCrossings(rings, most);
  if (crossings === null || crossings > most) {
    return err(
      appError(
        'edit.invalid-shape',
        'These outlines cross each other too often to be worked out. Simplify them first.',
        { most },
      ),
    );
  }
  const corners = most - MOST_CROSSINGS;
  const comparisons = COMPARISONS.least + COMPARISONS.each * (corners + crossings);
  const [first, ...rest] = areas.map(asGeometry);
  if (first === undefined) return ok([]);
  try {
    // The library's results are always lists of polygons.
    return ok(asParts(withComparisons(comparisons, () => clip(first, rest)) as Ring[][]));
  } catch (thrown) {
    // It throws, or never ends, on outlines that rounding makes contradictory.
    return err(
      appError(
        'edit.invalid-shape',
        'These outlines could not be worked out: they touch or cross too finely. Move a vertex a little, or simplify them.',
        { reason: thrown instanceof Error ? thrown.message : String(thrown) },
      ),
    );
  }
}

type Ring = [number, number][];

function asGeometry(area: Area): Ring[][] {
  return area.map(({ exterior, holes }) => [asPairs(exterior), ...holes.map(asPairs)]);
}

function asPairs(ring: readonly Place[]): Ring {
  return ring.map(({ x, y }) => [x, y]);
}

function asParts(polygons: readonly Ring[][]): Area {
  return polygons.flatMap(([exterior, ...holes]) => {
    const outline = asPlaces(exterior ?? []);
    if (!(ringArea(outline) >= LEAST_AREA)) return [];
    return [{ exterior: outline, holes: holes.map(asPlaces).filter((hole) => ringArea(hole) >= LEAST_AREA) }];
  });
}

/** The library repeats the first vertex at the end of each ring. */
function asPlaces(ring: Ring): readonly Place[] {
  return ring.slice(0, -1).map(([x, y]) => ({ x, y }));
}
