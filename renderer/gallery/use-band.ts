import { type MouseEvent, type PointerEvent, type RefObject, useRef } from 'react';
import { type Rect, rectFromCorners } from '../../shared/geometry/rect';
import type { GridLayout } from './grid-layout';
import type { RowSelection } from './row-selection';
import { between } from './use-grid-keys';

/** Less is a click with an unsteady hand, in CSS px. */
const DRAG_DISTANCE = 5;
/** So near to an edge the grid scrolls on under the band, and so far each time. CSS px. */
const EDGE = 24;
const EDGE_STEP = 24;

interface Drag {
  readonly start: { readonly x: number; readonly y: number };
  /** What was selected before, to which the band adds. */
  readonly before: Uint32Array;
  isBand: boolean;
}

/** The pointer on the grid: a click selects, with Ctrl one more, with Shift a range; a drag selects what it touches. */
export function useBand(grid: {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** What is being dragged, in layout px; drawn by the canvas. */
  readonly band: RefObject<Rect | null>;
  readonly rows: Uint32Array;
  readonly layout: GridLayout;
  readonly topOf: (scrollTop: number) => number;
  readonly selection: RowSelection;
  readonly anchor: RefObject<number>;
  readonly goTo: (index: number) => void;
  readonly onOpen: (row: number) => void;
  readonly onHover: (row: number | null) => void;
  readonly redraw: () => void;
}) {
  const drag = useRef<Drag | null>(null);
  const { scroller, band, rows, layout, selection, anchor } = grid;

  /** In layout px; null beside the cells, e.g. on the scroll bar. */
  function placeOf(event: MouseEvent): { x: number; y: number } | null {
    const element = scroller.current;
    if (element === null) return null;
    const box = element.getBoundingClientRect();
    const x = event.clientX - box.left;
    if (x >= element.clientWidth) return null;
    return { x, y: event.clientY - box.top + grid.topOf(element.scrollTop) };
  }

  function choose(index: number, event: PointerEvent): void {
    if (event.shiftKey) selection.replace(between(rows, anchor.current, index));
    else {
      const row = rows[index] ?? -1;
      if (event.ctrlKey || event.metaKey) selection.set([row], !selection.has(row));
      else selection.replace([row]);
      anchor.current = index;
    }
    grid.goTo(index);
  }

  function scrollAtEdges(event: PointerEvent): void {
    const element = scroller.current;
    if (element === null) return;
    const box = element.getBoundingClientRect();
    if (event.clientY < box.top + EDGE) element.scrollTop -= EDGE_STEP;
    else if (event.clientY > box.bottom - EDGE) element.scrollTop += EDGE_STEP;
  }

  return {
    onPointerDown(event: PointerEvent) {
      const start = placeOf(event);
      if (event.button !== 0 || start === null) return;
      const isAdding = event.ctrlKey || event.metaKey || event.shiftKey;
      drag.current = { start, before: isAdding ? selection.rows() : new Uint32Array(0), isBand: false };
    },

    onPointerMove(event: PointerEvent) {
      const at = placeOf(event);
      const current = drag.current;
      if (at === null) return;
      if (current === null) {
        grid.onHover(rows[layout.indexAt(at.x, at.y)] ?? null);
        return;
      }
      const far = Math.hypot(at.x - current.start.x, at.y - current.start.y);
      if (!current.isBand && far < DRAG_DISTANCE) return;
      if (!current.isBand) scroller.current?.setPointerCapture(event.pointerId);
      current.isBand = true;
      scrollAtEdges(event);
      const rect = rectFromCorners(current.start, at);
      band.current = rect;
      selection.replace(joined(current.before, layout.within(rect), rows));
      grid.redraw();
    },

    onPointerUp(event: PointerEvent) {
      const current = drag.current;
      drag.current = null;
      band.current = null;
      if (current === null) return;
      if (current.isBand) return grid.redraw();
      const at = placeOf(event);
      const index = at === null ? -1 : layout.indexAt(at.x, at.y);
      if (index >= 0) choose(index, event);
      else selection.clear();
    },

    onPointerCancel() {
      drag.current = null;
      band.current = null;
      grid.redraw();
    },

    onPointerLeave: () => grid.onHover(null),

    onDoubleClick(event: MouseEvent) {
      const at = placeOf(event);
      const row = at === null ? undefined : rows[layout.indexAt(at.x, at.y)];
      if (row !== undefined) grid.onOpen(row);
    },
  };
}

function* joined(before: Uint32Array, indices: readonly number[], rows: Uint32Array): Iterable<number> {
  yield* before;
  for (const index of indices) {
    const row = rows[index];
    if (row !== undefined) yield row;
  }
}
