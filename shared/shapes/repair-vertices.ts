import { appError } from '../result/app-error';
import { err, ok, type Result } from '../result/result';
import type { Vertex } from '../schema/shapes';
import { MAX_VERTICES } from '../schema/shapes/coordinate';

/** Vertices nearer to the one before than these are left out of outlines with too many, the least that is enough; image px. */
const THINNING_STEPS_IN_IMAGE_PX = [0.25, 0.5, 1];

export interface RepairedVertices {
  readonly points: readonly Vertex[];
  readonly repairs: readonly string[];
}

/** Finite places without repeats and not too many; refused when a coordinate is no number, or too many stay. */
export function repairedVertices(value: unknown, isClosed: boolean): Result<RepairedVertices> {
  const read = readVertices(value);
  if (!read.ok) return read;
  const repairs: string[] = [];
  const points = withoutRepeats(read.value, isClosed);
  const repeated = read.value.length - points.length;
  if (repeated > 0) {
    repairs.push(
      repeated === 1
        ? '1 vertex that repeats the one before was left out'
        : `${repeated} vertices that repeat the one before were left out`,
    );
  }
  if (points.length <= MAX_VERTICES) return ok({ points, repairs });
  for (const tolerance of THINNING_STEPS_IN_IMAGE_PX) {
    const thinned = withoutNear(points, tolerance);
    if (thinned.length > MAX_VERTICES) continue;
    repairs.push(
      `${points.length} vertices are more than the ${MAX_VERTICES} an outline may have: simplified by at most ${tolerance} px to ${thinned.length}`,
    );
    return ok({ points: thinned, repairs });
  }
  return err(
    refusal(
      `it has ${points.length} vertices, and an outline may have ${MAX_VERTICES}. Simplify it where it was made`,
    ),
  );
}

export function refusal(reason: string) {
  return appError('edit.invalid-shape', `The shape cannot be used: ${reason}.`);
}

/** A list of `{x, y}` whose numbers are finite. */
export function readVertices(value: unknown): Result<readonly Vertex[]> {
  if (!Array.isArray(value)) return err(refusal('its list of vertices is missing'));
  const points: Vertex[] = [];
  for (const [index, entry] of value.entries()) {
    const { x, y } = (entry ?? {}) as { readonly x?: unknown; readonly y?: unknown };
    if (typeof x !== 'number' || typeof y !== 'number' || !Number.isFinite(x) || !Number.isFinite(y)) {
      return err(refusal(`its vertex ${index + 1} is at ${String(x)}, ${String(y)}, which is no place`));
    }
    points.push({ x, y });
  }
  return ok(points);
}

function withoutRepeats(points: readonly Vertex[], isClosed: boolean): readonly Vertex[] {
  const kept = points.filter((point, index) => {
    const before = points[index - 1];
    return before === undefined || before.x !== point.x || before.y !== point.y;
  });
  const first = kept[0];
  const last = kept[kept.length - 1];
  const isRepeated = isClosed && kept.length > 1 && first?.x === last?.x && first?.y === last?.y;
  return isRepeated ? kept.slice(0, -1) : kept;
}

/** Every vertex left out lies within `tolerance` of one that stays: O(n), whatever the outline. */
function withoutNear(points: readonly Vertex[], tolerance: number): readonly Vertex[] {
  let kept = points[0];
  return points.filter((point, index) => {
    if (index === 0 || kept === undefined) return true;
    // The last one of a line stays, so that the line ends where it did.
    const isNear = index < points.length - 1 && Math.hypot(point.x - kept.x, point.y - kept.y) <= tolerance;
    if (!isNear) kept = point;
    return !isNear;
  });
}
