import { useEffect, useState } from 'react';
import type { LabelId } from '../../shared/schema/ids';
import type { LabelDefinition } from '../../shared/schema/label-schema';
import type { CropSource } from '../crops/crop-source';
import { cellWords } from './cell-words';
import styles from './gallery.module.css';
import type { GridLayout } from './grid-layout';
import type { RowSelection } from './row-selection';

/** Crops arrive many a second; what is said of them may follow. */
const WORDS_PAUSE_IN_MS = 200;

/** The cells in view for screen readers; nothing of them is seen, the canvas below shows them. */
export function GridCells(props: {
  readonly rows: Uint32Array;
  readonly layout: GridLayout;
  readonly top: number;
  readonly height: number;
  readonly activeIndex: number;
  readonly crops: CropSource;
  readonly selection: RowSelection;
  readonly labelOf: (id: LabelId) => LabelDefinition | null;
}) {
  const { layout, top, height, activeIndex, crops } = props;
  useRedrawWhenKnown(crops);
  const { from, to } = layout.between(top, top + height);
  const byRow = new Map<number, number[]>();
  // The active cell is named by the grid, so it is always there.
  const outside = activeIndex >= 0 && activeIndex < from ? [activeIndex] : [];
  const behind = activeIndex >= to ? [activeIndex] : [];
  const inside = Array.from({ length: Math.max(0, to - from) }, (_, offset) => from + offset);
  for (const index of [...outside, ...inside, ...behind]) {
    const { row } = layout.placeOf(index);
    byRow.set(row, [...(byRow.get(row) ?? []), index]);
  }
  return [...byRow].map(([row, indices]) => (
    // biome-ignore lint/a11y/useSemanticElements: cells lie over a canvas, in no table
    <div key={row} role="row" tabIndex={-1} aria-rowindex={row + 1}>
      {indices.map((index) => (
        <Cell key={index} {...props} index={index} />
      ))}
    </div>
  ));
}

function Cell(props: Parameters<typeof GridCells>[0] & { readonly index: number }) {
  const { layout, top, crops, selection, index } = props;
  const row = props.rows[index] ?? -1;
  const rect = layout.rectOf(index);
  const detail = crops.detail(row);
  return (
    // biome-ignore lint/a11y/useSemanticElements: cells lie over a canvas, in no table
    <div
      id={`crop-${index}`}
      className={styles.cell}
      role="gridcell"
      tabIndex={-1}
      aria-colindex={layout.placeOf(index).column + 1}
      aria-selected={selection.has(row)}
      aria-label={
        detail === null
          ? 'Object, still being read'
          : cellWords(detail, props.labelOf(detail.labelId), crops.failure(row))
      }
      data-row={row}
      style={{ left: rect.x, top: rect.y - top, width: rect.width, height: rect.height }}
    />
  );
}

function useRedrawWhenKnown(crops: CropSource): void {
  const [, redraw] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const stop = crops.subscribe(() => {
      timer ??= setTimeout(() => {
        timer = null;
        redraw((count) => count + 1);
      }, WORDS_PAUSE_IN_MS);
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [crops]);
}
