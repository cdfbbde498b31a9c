import type { Camera } from '../../shared/geometry/camera';
import type { Shape } from '../../shared/schema/shapes';
import { behaviourOf } from '../../shared/shapes';
import type { Handle, VertexRef } from '../../shared/shapes/shape-behaviour';
import { vertexOfHandle } from '../../shared/shapes/vertex-handle';

/** Vertices nearer to one another than this hide each other's handles; zooming in shows them. */
const CLOSEST_IN_SCREEN_PX = 9;
/** So few are shown in any case. */
const ALWAYS_SHOWN = 8;

/**
 * The handles of a shape that are shown at this zoom: all of them, save vertices that lie too near to one shown before.
 * Chosen vertices are always shown. What is not shown should not be taken either.
 */
export function shownHandles(shape: Shape, camera: Camera, chosen: readonly VertexRef[]): readonly Handle[] {
  const before = known.get(shape);
  if (before !== undefined && before.scale === camera.scale && before.chosen === chosen)
    return before.handles;
  const handles = thinnedHandles(shape, camera, chosen);
  known.set(shape, { scale: camera.scale, chosen, handles });
  return handles;
}

/** Asked for on every pointer move and every paint; an outline may have 60,000 vertices. */
const known = new WeakMap<
  Shape,
  { readonly scale: number; readonly chosen: readonly VertexRef[]; readonly handles: readonly Handle[] }
>();

function thinnedHandles(shape: Shape, camera: Camera, chosen: readonly VertexRef[]): readonly Handle[] {
  const handles = behaviourOf(shape).handles(shape);
  if (handles.length <= ALWAYS_SHOWN) return handles;
  const closest = CLOSEST_IN_SCREEN_PX / camera.scale;
  const isChosen = new Set(chosen.map(({ ring, index }) => `vertex-${ring}-${index}`));
  // Cells of the closest distance: only those around a vertex can hold one that is too near.
  const takenCells = new Map<string, Handle[]>();
  return handles.filter((handle) => {
    if (vertexOfHandle(handle.id) === null) return true;
    const column = Math.floor(handle.at.x / closest);
    const row = Math.floor(handle.at.y / closest);
    const isTooNear = neighbours(column, row).some((cell) =>
      (takenCells.get(cell) ?? []).some(
        ({ at }) => Math.hypot(at.x - handle.at.x, at.y - handle.at.y) < closest,
      ),
    );
    if (isTooNear && !isChosen.has(handle.id)) return false;
    const cell = `${column},${row}`;
    const taken = takenCells.get(cell);
    if (taken === undefined) takenCells.set(cell, [handle]);
    else taken.push(handle);
    return true;
  });
}

function neighbours(column: number, row: number): readonly string[] {
  const cells: string[] = [];
  for (let dy = -1; dy <= 1; dy += 1) {
    for (let dx = -1; dx <= 1; dx += 1) cells.push(`${column + dx},${row + dy}`);
  }
  return cells;
}
