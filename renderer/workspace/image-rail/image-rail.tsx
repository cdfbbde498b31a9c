import { Skeleton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ImageOff } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import { useObservable } from '../../app/observable';
import { usePagedRows } from '../../components/use-paged-rows';
import { useWorkspace } from '../workspace-context';
import { FilterBar } from './filter-bar';
import styles from './image-rail.module.css';
import { ImageRow } from './image-row';

/** Two lines of text and a thumbnail, in CSS px. */
const ROW_HEIGHT = 48;
const LIST_ID = 'image-list';

/** The images of the project, however many: only the rows on screen are read and drawn. */
export function ImageRail({ searchRef }: { readonly searchRef: RefObject<HTMLInputElement | null> }) {
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
    <div className={styles.rail}>
      <FilterBar searchRef={searchRef} />
      {list !== null && total === 0 && <NoRows />}
      {list === null && <RowSkeletons />}
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
              key={item.key}
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
    </div>
  );
}

function NoRows() {
  const workspace = useWorkspace();
  const { filter } = useObservable(workspace.rail);
  const hasFilter = Object.values(filter).some((value) => value !== undefined);
  return (
    <div className={styles.none}>
      <ImageOff size={20} aria-hidden />
      <p>{hasFilter ? 'No image matches this filter.' : 'No images yet.'}</p>
    </div>
  );
}

const SKELETON_ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

function RowSkeletons() {
  return (
    <div className={styles.skeletons} aria-busy="true">
      {SKELETON_ROWS.map((row) => (
        <Skeleton key={row} height={40} animate={false} />
      ))}
    </div>
  );
}
