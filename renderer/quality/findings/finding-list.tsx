import { Skeleton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { SeverityGlyph } from '../../components/severity-glyph';
import { type RowSource, usePagedRows } from '../../components/use-paged-rows';
import type { ListedFinding } from '../../findings/finding-messages';
import { Thumbnail } from '../../workspace/image-rail/thumbnail';
import styles from './findings.module.css';

/** Two lines of text and a thumbnail, in CSS px. */
const ROW_HEIGHT = 56;
/** Rows that Page Up and Page Down go. */
const PAGE = 10;

/** Only rows on screen exist. Arrows choose, Enter or a double click opens the image with the object selected. */
export function FindingList(props: {
  readonly source: RowSource<ListedFinding>;
  readonly version: number;
  readonly active: number;
  readonly onActive: (index: number, row: ListedFinding | null) => void;
  readonly onOpen: (row: ListedFinding) => void;
}) {
  const { source, version, active, onActive } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: source.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
  });
  const items = virtualizer.getVirtualItems();
  const rowAt = usePagedRows(source, version, items[0]?.index ?? 0, (items.at(-1)?.index ?? 0) + 1);
  const chosen = rowAt(active);
  useEffect(() => {
    onActive(active, chosen);
  }, [onActive, active, chosen]);
  const move = (index: number) => {
    const next = Math.min(source.total - 1, Math.max(0, index));
    onActive(next, rowAt(next));
    virtualizer.scrollToIndex(next, { align: 'auto' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const target = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + PAGE,
      PageUp: active - PAGE,
      Home: 0,
      End: source.total - 1,
    }[event.key];
    if (target !== undefined) {
      event.preventDefault();
      move(target);
    } else if (event.key === 'Enter' && chosen !== null) {
      event.preventDefault();
      props.onOpen(chosen);
    }
  };
  return (
    <div
      ref={scroller}
      className={styles.list}
      role="listbox"
      aria-label="Findings"
      aria-activedescendant={`finding-${active}`}
      tabIndex={0}
      data-shares-keys
      onKeyDown={onKeyDown}
    >
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }} role="presentation">
        {items.map((item) => {
          const row = rowAt(item.index);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list box hears the keys for all of its options
            <div
              key={item.index}
              id={`finding-${item.index}`}
              role="option"
              tabIndex={-1}
              aria-selected={item.index === active}
              aria-setsize={source.total}
              aria-posinset={item.index + 1}
              className={styles.row}
              style={{ height: ROW_HEIGHT, transform: `translateY(${item.start}px)` }}
              onClick={() => onActive(item.index, row)}
              onDoubleClick={() => row !== null && props.onOpen(row)}
            >
              {row === null ? <Skeleton height={32} width="60%" /> : <Row row={row} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Row({ row: { finding, image } }: { readonly row: ListedFinding }) {
  return (
    <>
      {image === null ? (
        <span className={styles.noPicture} />
      ) : (
        <Thumbnail key={image.contentHash} image={image} />
      )}
      <span className={styles.severity} data-severity={finding.severity}>
        <SeverityGlyph severity={finding.severity} />
      </span>
      <span className={styles.text}>
        <span className={styles.message} title={finding.message}>
          {finding.message}
        </span>
        <span className={styles.place}>{image?.key ?? 'The whole project'}</span>
      </span>
    </>
  );
}
