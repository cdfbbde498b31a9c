import { createRunsBuilder, type MaskRuns } from './mask-runs';

/** Pixels of one column: rows `start` to `end` of the window. */
interface Segment {
  readonly column: number;
  readonly start: number;
  readonly end: number;
}

/**
 * The pieces of a mask that do not touch one another, not even at a corner, each in its tightest window, in the order
 * of their leftmost column. O(runs + columns).
 */
export function componentsOfMask(mask: MaskRuns): readonly MaskRuns[] {
  const segments = segmentsOf(mask);
  const roots = joinTouching(segments);
  const pieces = new Map<number, Segment[]>();
  segments.forEach((segment, index) => {
    const root = rootOf(roots, index);
    const piece = pieces.get(root);
    if (piece === undefined) pieces.set(root, [segment]);
    else piece.push(segment);
  });
  return [...pieces.values()].map((piece) => maskOfSegments(mask, piece));
}

function segmentsOf({ ends, height }: MaskRuns): Segment[] {
  const segments: Segment[] = [];
  for (let run = 1; run < ends.length; run += 2) {
    const until = ends[run] ?? 0;
    let at = ends[run - 1] ?? 0;
    while (at < until) {
      const column = Math.floor(at / height);
      const end = Math.min(until, (column + 1) * height);
      segments.push({ column, start: at - column * height, end: end - column * height });
      at = end;
    }
  }
  return segments;
}

/** A forest in which segments that touch have the same root. */
function joinTouching(segments: readonly Segment[]): Uint32Array {
  const roots = Uint32Array.from(segments, (_, index) => index);
  // `left` walks the column before along with the segments of this one.
  let left = 0;
  segments.forEach((segment, index) => {
    for (;;) {
      const candidate = segments[left];
      if (candidate === undefined || left >= index) break;
      const isBehind =
        candidate.column < segment.column - 1 ||
        (candidate.column === segment.column - 1 && candidate.end < segment.start);
      if (!isBehind) break;
      left += 1;
    }
    for (let other = left; other < index; other += 1) {
      const candidate = segments[other];
      if (candidate === undefined || candidate.column >= segment.column) break;
      if (candidate.start > segment.end) break;
      const a = rootOf(roots, other);
      const b = rootOf(roots, index);
      if (a < b) roots[b] = a;
      else roots[a] = b;
    }
  });
  return roots;
}

function rootOf(roots: Uint32Array, index: number): number {
  let root = index;
  for (let parent = roots[root] ?? root; parent !== root; parent = roots[root] ?? root) {
    roots[root] = roots[parent] ?? parent;
    root = parent;
  }
  return root;
}

/** Segments come column by column, each column from its top. */
function maskOfSegments(mask: MaskRuns, segments: readonly Segment[]): MaskRuns {
  let left = Number.POSITIVE_INFINITY;
  let right = 0;
  let top = Number.POSITIVE_INFINITY;
  let bottom = 0;
  for (const { column, start, end } of segments) {
    left = Math.min(left, column);
    right = Math.max(right, column + 1);
    top = Math.min(top, start);
    bottom = Math.max(bottom, end);
  }
  const height = bottom - top;
  const builder = createRunsBuilder();
  let at = 0;
  for (const { column, start, end } of segments) {
    const from = (column - left) * height + start - top;
    builder.append(0, from - at);
    builder.append(1, end - start);
    at = from + end - start;
  }
  builder.append(0, (right - left) * height - at);
  return { x: mask.x + left, y: mask.y + top, width: right - left, height, ends: builder.finish() };
}
