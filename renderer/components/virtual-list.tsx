import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef } from 'react';
import styles from './virtual-list.module.css';

/** What a click or key press on a row asks for. */
export interface RowGesture {
  readonly isAdditive: boolean;
  readonly isRange: boolean;
  /** Alt was held: the list's other meaning of choosing. Alt+Enter by keyboard. */
  readonly isAlternate: boolean;
}

/**
 * A list box of any length with rows of one height; only rows on screen exist. Arrow keys, Home and End move; letters
 * and other keys are left to commands.
 */
export function VirtualList<Row>(props: {
  readonly id: string;
  readonly label: string;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** In CSS px. */
  readonly rowHeight: number;
  readonly isSelected: (row: Row) => boolean;
  readonly isMultiSelect?: boolean;
  /** The row that is scrolled to when it changes, -1 for none. */
  readonly activeIndex: number;
  readonly onChoose: (row: Row, index: number, gesture: RowGesture) => void;
  /**
   * A click on something in the row marked `data-action`. For the pointer only (an option holds no buttons); the same
   * must be there as a command for the keyboard.
   */
  readonly onAction?: (row: Row, action: string) => void;
  readonly onHover?: (row: Row | null) => void;
  readonly children: (row: Row, index: number) => ReactNode;
  readonly className?: string;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const { rows, activeIndex } = props;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => props.rowHeight,
    overscan: 8,
  });
  useEffect(() => {
    if (activeIndex >= 0) virtualizer.scrollToIndex(activeIndex, { align: 'auto' });
  }, [activeIndex, virtualizer]);

  const choose = (index: number, gesture: RowGesture) => {
    const row = rows[index];
    if (row !== undefined) props.onChoose(row, index, gesture);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = rows.length - 1;
    if (event.key === 'Enter' && event.altKey && activeIndex >= 0) {
      event.preventDefault();
      return choose(activeIndex, { isAdditive: false, isRange: false, isAlternate: true });
    }
    const target = { ArrowDown: activeIndex + 1, ArrowUp: activeIndex - 1, Home: 0, End: last }[event.key];
    if (target === undefined || rows.length === 0) return;
    event.preventDefault();
    choose(Math.min(Math.max(target, 0), last), {
      isAdditive: false,
      isRange: event.shiftKey,
      isAlternate: false,
    });
  };
  const onClick = (event: MouseEvent, index: number) => {
    const row = rows[index];
    const action = event.target instanceof Element ? event.target.closest('[data-action]') : null;
    if (row !== undefined && action !== null) props.onAction?.(row, action.getAttribute('data-action') ?? '');
    else {
      choose(index, {
        isAdditive: event.ctrlKey || event.metaKey,
        isRange: event.shiftKey,
        isAlternate: event.altKey,
      });
    }
  };

  return (
    <div
      ref={scroller}
      id={props.id}
      className={`${styles.list} ${props.className ?? ''}`}
      role="listbox"
      aria-label={props.label}
      aria-multiselectable={props.isMultiSelect}
      aria-activedescendant={activeIndex >= 0 ? `${props.id}-${activeIndex}` : undefined}
      data-shares-keys
      tabIndex={0}
      onKeyDown={onKeyDown}
      onMouseLeave={() => props.onHover?.(null)}
    >
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }} role="presentation">
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            <div
              key={props.keyOf(row)}
              id={`${props.id}-${item.index}`}
              className={styles.row}
              style={{ height: props.rowHeight, transform: `translateY(${item.start}px)` }}
              role="option"
              tabIndex={-1}
              aria-selected={props.isSelected(row)}
              aria-setsize={rows.length}
              aria-posinset={item.index + 1}
              onClick={(event) => onClick(event, item.index)}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && !event.altKey) {
                  choose(item.index, { isAdditive: false, isRange: false, isAlternate: false });
                }
              }}
              onMouseEnter={() => props.onHover?.(row)}
            >
              {props.children(row, item.index)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
