import { type KeyboardEvent, useRef } from 'react';
import type { GridDeeds } from './grid-deeds';
import type { GridLayout, Step } from './grid-layout';
import type { RowSelection } from './row-selection';

const STEPS: Readonly<Record<string, Step>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  PageUp: 'pageUp',
  PageDown: 'pageDown',
  Home: 'first',
  End: 'last',
};

/**
 * Keys of the grid: arrows move, with Shift they select what they pass, Space selects one, Ctrl+A all, Escape none,
 * Enter opens, Delete deletes, Shift+R rejects; what is left may be a label's shortcut.
 */
export function useGridKeys(grid: {
  readonly rows: Uint32Array;
  readonly layout: GridLayout;
  readonly selection: RowSelection;
  readonly activeIndex: number;
  /** CSS px. */
  readonly viewHeight: number;
  readonly goTo: (index: number) => void;
  readonly deeds: GridDeeds;
}) {
  /** Where a range begins: the cell that was chosen last without Shift. */
  const anchor = useRef(0);
  const { rows, layout, selection, activeIndex, deeds } = grid;

  const onKeyDown = (event: KeyboardEvent) => {
    const isTaken = act(event);
    if (!isTaken) return;
    event.preventDefault();
    event.stopPropagation();
  };

  function act(event: KeyboardEvent): boolean {
    if (rows.length === 0 || event.altKey) return false;
    const isMod = event.ctrlKey || event.metaKey;
    if (isMod) {
      if (event.key.toLowerCase() !== 'a') return false;
      selection.replace(rows);
      return true;
    }
    const step = STEPS[event.key];
    if (step !== undefined) {
      const cell = layout.rectOf(activeIndex).height;
      const target = layout.step(activeIndex, step, Math.max(1, Math.floor(grid.viewHeight / cell)));
      if (event.shiftKey) selection.replace(between(rows, anchor.current, target));
      else anchor.current = target;
      grid.goTo(target);
      return true;
    }
    const row = rows[activeIndex] ?? -1;
    switch (event.key) {
      case ' ':
        if (event.shiftKey) selection.set(between(rows, anchor.current, activeIndex), true);
        else {
          selection.set([row], !selection.has(row));
          anchor.current = activeIndex;
        }
        return true;
      case 'Enter':
        deeds.onOpen(row);
        return true;
      case 'Escape':
        selection.clear();
        return true;
      case 'Delete':
      case 'Backspace':
        deeds.onDelete();
        return true;
      case 'R':
        deeds.onReject();
        return true;
      default:
        return !event.shiftKey && event.key.length === 1 && deeds.onLabelKey(event.key);
    }
  }

  return { onKeyDown, anchor };
}

/** The rows from one place to another, both included. */
export function between(rows: Uint32Array, a: number, b: number): Uint32Array {
  return rows.subarray(Math.max(0, Math.min(a, b)), Math.max(a, b) + 1);
}
