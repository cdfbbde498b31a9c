import type { MaskRaster } from './mask-raster';
import { createRunsBuilder, type MaskRuns, tightMask } from './mask-runs';
import { boundsOfPoints, intersectRects, type Rect } from './rect';

interface Place {
  readonly x: number;
  readonly y: number;
}

type Rings = readonly (readonly Place[])[];

/** An edge by the columns whose middle it crosses; always from left to right, so that shared edges cut alike. */
interface ColumnEdge {
  readonly first: number;
  readonly end: number;
  readonly yAtFirst: number;
  readonly slope: number;
}

/**
 * The pixels whose centres lie inside rings by the even-odd rule, cut to `within` (integers, image px); null when none
 * does. Areas that share an edge share no pixel. O(edges + columns · crossings), with memory for the runs only.
 */
export function maskOfRings(rings: Rings, within: Rect): MaskRuns | null {
  const window = windowOf(rings, within);
  if (window === null) return null;
  const builder = createRunsBuilder();
  let column = window.x;
  let row = window.y;
  const bottom = window.y + window.height;
  scanColumns(rings, window, (spanColumn, start, end) => {
    while (column < spanColumn) {
      builder.append(0, bottom - row);
      column += 1;
      row = window.y;
    }
    builder.append(0, start - row);
    builder.append(1, end - start);
    row = end;
  });
  while (column < window.x + window.width) {
    builder.append(0, bottom - row);
    column += 1;
    row = window.y;
  }
  return tightMask({ ...window, ends: builder.finish() });
}

/** Sets the pixels of a raster to `value` whose centres lie inside rings by the even-odd rule. */
export function fillRings(raster: MaskRaster, rings: Rings, value: 0 | 1): void {
  scanColumns(rings, raster, (column, start, end) => {
    let pixel = (start - raster.y) * raster.width + column - raster.x;
    for (let row = start; row < end; row += 1) {
      raster.data[pixel] = value;
      pixel += raster.width;
    }
  });
}

/** Visits the spans of rows inside the rings, column by column, each from the top; what lies outside `window` is cut. */
function scanColumns(
  rings: Rings,
  window: Rect,
  visit: (column: number, startRow: number, endRow: number) => void,
): void {
  const endColumn = window.x + window.width;
  const bottom = window.y + window.height;
  const edges = rings.flatMap((ring) => columnEdges(ring, window.x, endColumn));
  edges.sort((a, b) => a.first - b.first);
  let active: ColumnEdge[] = [];
  let next = 0;
  for (let column = edges[0]?.first ?? endColumn; column < endColumn; column += 1) {
    active = active.filter((edge) => edge.end > column);
    for (let edge = edges[next]; edge !== undefined && edge.first <= column; edge = edges[next]) {
      active.push(edge);
      next += 1;
    }
    if (active.length === 0) {
      const following = edges[next];
      if (following === undefined) return;
      column = following.first - 1;
      continue;
    }
    const crossings = active.map((edge) => edge.yAtFirst + (column - edge.first) * edge.slope);
    crossings.sort((a, b) => a - b);
    let covered = window.y;
    for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
      // A centre on the upper edge is inside, one on the lower is not.
      const start = Math.max(Math.ceil((crossings[pair] ?? 0) - 0.5), covered);
      const end = Math.min(Math.ceil((crossings[pair + 1] ?? 0) - 0.5), bottom);
      if (end <= start) continue;
      visit(column, start, end);
      covered = end;
    }
  }
}

function columnEdges(ring: readonly Place[], firstColumn: number, endColumn: number): ColumnEdge[] {
  const edges: ColumnEdge[] = [];
  ring.forEach((vertex, index) => {
    const next = ring[(index + 1) % ring.length] ?? vertex;
    const [from, to] = vertex.x <= next.x ? [vertex, next] : [next, vertex];
    const first = Math.max(Math.ceil(from.x - 0.5), firstColumn);
    const end = Math.min(Math.ceil(to.x - 0.5), endColumn);
    const slope = (to.y - from.y) / (to.x - from.x);
    // Vertical edges cross no column's middle; what is not a number is no edge.
    if (!(end > first) || !Number.isFinite(slope)) return;
    edges.push({ first, end, yAtFirst: from.y + (first + 0.5 - from.x) * slope, slope });
  });
  return edges;
}

function windowOf(rings: Rings, within: Rect): Rect | null {
  const bounds = boundsOfPoints(rings.flat());
  if (bounds === null || !Number.isFinite(bounds.width + bounds.height)) return null;
  const left = Math.floor(bounds.x);
  const top = Math.floor(bounds.y);
  const whole = {
    x: left,
    y: top,
    width: Math.ceil(bounds.x + bounds.width) - left,
    height: Math.ceil(bounds.y + bounds.height) - top,
  };
  const window = intersectRects(whole, within);
  return window === null || window.width === 0 || window.height === 0 ? null : window;
}
