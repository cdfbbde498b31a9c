import type { GridLayout } from './grid-layout';

/** Views below and above that are made ready too. */
const AHEAD = 1;
const BEHIND = 0.5;

/** Rows whose crops are wanted: what is seen from its middle outwards, then what comes next, then what was before. */
export function wantedRows(
  layout: GridLayout,
  rows: Uint32Array,
  top: number,
  height: number,
): readonly number[] {
  const seen = layout.between(top, top + height);
  const middle = top + height / 2;
  const distance = (index: number) => {
    const rect = layout.rectOf(index);
    return Math.abs(rect.y + rect.height / 2 - middle);
  };
  const ahead = layout.between(top + height, top + height * (1 + AHEAD));
  const behind = layout.between(top - height * BEHIND, top);
  const wanted = [
    ...span(seen.from, seen.to).sort((a, b) => distance(a) - distance(b)),
    ...span(Math.max(seen.to, ahead.from), ahead.to),
    ...span(behind.from, Math.min(seen.from, behind.to)).reverse(),
  ];
  return wanted.flatMap((index) => rows[index] ?? []);
}

function span(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, offset) => from + offset);
}
