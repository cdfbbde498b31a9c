import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useObservable } from '../../app/observable';
import { usePagedRows } from '../../components/use-paged-rows';
import { useWorkspace } from '../workspace-context';
import styles from './image-rail.module.css';
import { ImageRow } from './image-row';

/** Two lines of text and a thumbnail, in CSS px. */
const ROW_HEIGHT = 48;
const LIST_ID = 'image-list';

/** Rows that a window of 2,000 px height shows; a taller one gets twice as many. */
const SMALLEST_POOL = 64;

/**
 * Only the rows on screen are read and drawn. A component of its own, because it renders with every frame of a scroll
 * and nothing around it needs to.
 */
export function ImageRows() {
  const workspace = useWorkspace();
  const { list, index, version } = useObservable(workspace.rail);
  const scroller = useRef<HTMLDivElement>(null);
  const total = list?.total ?? 0;
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
  });
  const items = virtualizer.getVirtualItems();
  // A row that leaves at one end comes in again at the other: making rows anew is most of what a fast scroll costs.
  const pool = Math.max(SMALLEST_POOL, 2 ** Math.ceil(Math.log2(items.length + 1)));
  const rowAt = usePagedRows(list, version, items[0]?.index ?? 0, (items[items.length - 1]?.index ?? 0) + 1);

  useEffect(() => {
    if (index >= 0) virtualizer.scrollToIndex(index, { align: 'auto' });
  }, [index, virtualizer]);

  const onKeyDown = (event: KeyboardEvent) => {
    const target = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: index + 10,
      PageUp: index - 10,
      Home: 0,
      End: total - 1,
    }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    void workspace.openAt(Math.min(Math.max(target, 0), total - 1));
  };

  return (
    <div
      ref={scroller}
      className={styles.list}
      hidden={total === 0}
      id={LIST_ID}
      role="listbox"
      aria-label="Images"
      aria-activedescendant={index >= 0 ? `image-row-${index}` : undefined}
      data-shares-keys
      data-region="images"
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }} role="presentation">
        {items.map((item) => (
          <ImageRow
            key={item.index % pool}
            index={item.index}
            total={total}
            top={item.start}
            image={rowAt(item.index)}
            isOpen={item.index === index}
            onOpen={workspace.openAt}
          />
        ))}
      </div>
    </div>
  );
}
