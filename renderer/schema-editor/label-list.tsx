import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { LabelId } from '../../shared/schema/ids';
import type { LabelDefinition } from '../../shared/schema/label-schema';
import { Keys } from '../components/keys';
import { count } from '../components/quantity';
import styles from './schema-editor.module.css';
import { useSchemaEdits } from './schema-edits';

/** `--row-height` of the frame. */
const ROW_HEIGHT_IN_PX = 28;

/** The labels as a list box: arrows choose, Alt+arrows move a label up and down. Draws only the rows in view. */
export function LabelList(props: {
  readonly labels: readonly LabelDefinition[];
  readonly selectedId: LabelId | null;
  readonly onSelect: (id: LabelId) => void;
  /** While a filter hides labels, moving one among the rest would not do what it seems to. */
  readonly isFiltered: boolean;
}) {
  const { apply, countOf, schema } = useSchemaEdits();
  const scroller = useRef<HTMLDivElement>(null);
  const { labels, selectedId, onSelect } = props;
  const rows = useVirtualizer({
    count: labels.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT_IN_PX,
    overscan: 12,
  });
  const at = labels.findIndex((label) => label.id === selectedId);
  useEffect(() => {
    if (at >= 0) rows.scrollToIndex(at);
  }, [at, rows]);

  const move = async (by: 1 | -1) => {
    const label = labels[at];
    const neighbour = labels[at + by];
    if (label === undefined || neighbour === undefined || props.isFiltered) return;
    const toIndex = schema.labels.findIndex((one) => one.id === neighbour.id);
    await apply('schema.move-label', { labelId: label.id, toIndex }, `Move ${label.name}`);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : null;
    if (event.key === 'Home' || event.key === 'End') {
      const end = labels[event.key === 'Home' ? 0 : labels.length - 1];
      if (end !== undefined) onSelect(end.id);
      event.preventDefault();
    }
    if (by === null) return;
    event.preventDefault();
    if (event.altKey) return void move(by);
    const next = labels[Math.min(labels.length - 1, Math.max(0, at + by))];
    if (next !== undefined) onSelect(next.id);
  };

  if (labels.length === 0) return <p className={styles.nothing}>No label fits this filter.</p>;
  return (
    <>
      <div className={styles.columns} aria-hidden>
        <span>Label</span>
        <span className="numeric">Class</span>
        <span className="numeric">Annotations</span>
      </div>
      <div
        ref={scroller}
        className={styles.list}
        role="listbox"
        data-shares-keys
        aria-label="Labels; Alt and arrow keys move one"
        tabIndex={0}
        aria-activedescendant={selectedId === null ? undefined : `label-${selectedId}`}
        onKeyDown={onKeyDown}
      >
        <div className={styles.rows} style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => {
            const label = labels[row.index];
            if (label === undefined) return null;
            return (
              // Keys are handled by the list box, which alone takes the focus.
              <div
                key={label.id}
                id={`label-${label.id}`}
                role="option"
                tabIndex={-1}
                aria-selected={label.id === selectedId}
                data-muted={label.isRetired || label.mergedIntoId !== null || undefined}
                className={styles.row}
                style={{ transform: `translateY(${row.start}px)` }}
                onMouseDown={() => onSelect(label.id)}
              >
                <span className={styles.swatch} style={{ background: label.color }} aria-hidden />
                <span className={styles.name}>{label.name}</span>
                {label.mergedIntoId !== null && <span className={styles.tag}>merged</span>}
                {label.isRetired && label.mergedIntoId === null && (
                  <span className={styles.tag}>retired</span>
                )}
                {label.shortcut !== null && <Keys text={label.shortcut.toUpperCase()} />}
                <span className={styles.classIndex}>{label.classIndex}</span>
                {countOf !== null && (
                  <span className={styles.annotations}>{count(countOf[label.id] ?? 0)}</span>
                )}
              </div>
            );
          })}
        </div>
      </div>
    </>
  );
}
