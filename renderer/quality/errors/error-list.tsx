import { Skeleton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { Project } from '../../../shared/schema/project';
import { useServices } from '../../app/services';
import { type RowSource, usePagedRows } from '../../components/use-paged-rows';
import { Thumbnail } from '../../workspace/image-rail/thumbnail';
import { COUNTED_ERRORS } from '../engine/list-errors';
import type { ErrorDetail } from '../engine/quality-messages';
import styles from '../quality.module.css';
import { ERROR_WORDS } from './error-words';
import { showTruth } from './open-with-truth';

/** In CSS px. */
const ROW_HEIGHT = 52;
/** Rows that Page Up and Page Down go. */
const PAGE = 10;

/** Only rows on screen exist; Enter or a click opens the image. */
export function ErrorList(props: {
  readonly source: RowSource<ErrorDetail>;
  readonly version: number;
  readonly nameOf: (labelId: string) => string;
  readonly project: Project;
}) {
  const { source, version } = props;
  const services = useServices();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const virtualizer = useVirtualizer({
    count: source.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
  });
  const items = virtualizer.getVirtualItems();
  const rowAt = usePagedRows(source, version, items[0]?.index ?? 0, (items.at(-1)?.index ?? 0) + 1);
  const open = (index: number) => {
    const row = rowAt(index);
    if (row === null) return;
    // An answer to a honeypot is no image's own labels: the image itself is shown.
    const isOwn = row.labelsId === row.image.id;
    services.navigation.go({
      screen: 'label',
      imageId: row.image.id,
      annotationId: isOwn ? (row.own?.id ?? null) : null,
    });
    showTruth(
      services,
      props.project.id,
      row.image.id,
      row.own === null ? (row.truth?.bounds ?? null) : null,
    );
  };
  const move = (index: number) => {
    const next = Math.min(source.total - 1, Math.max(0, index));
    setActive(next);
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
    } else if (event.key === 'Enter') {
      event.preventDefault();
      open(active);
    }
  };
  return (
    <div
      ref={scroller}
      className={styles.errorList}
      role="listbox"
      aria-label="Errors"
      aria-activedescendant={`error-${active}`}
      tabIndex={0}
      data-shares-keys
      onKeyDown={onKeyDown}
    >
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }} role="presentation">
        {items.map((item) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the list box hears the keys for all of its options
          <div
            key={item.index}
            id={`error-${item.index}`}
            role="option"
            tabIndex={-1}
            aria-selected={item.index === active}
            aria-setsize={source.total}
            aria-posinset={item.index + 1}
            className={styles.error}
            style={{ height: ROW_HEIGHT, transform: `translateY(${item.start}px)` }}
            onClick={() => {
              setActive(item.index);
              open(item.index);
            }}
          >
            <Row row={rowAt(item.index)} nameOf={props.nameOf} />
          </div>
        ))}
      </div>
    </div>
  );
}

function Row({ row, nameOf }: { readonly row: ErrorDetail | null; readonly nameOf: (id: string) => string }) {
  if (row === null) return <Skeleton height={32} width="60%" />;
  const truth = row.truth === null ? null : nameOf(row.truth.labelId);
  const own = row.own === null ? null : nameOf(row.own.labelId);
  const isCounted = row.kinds.some((kind) => (COUNTED_ERRORS as readonly string[]).includes(kind));
  return (
    <>
      <Thumbnail key={row.image.contentHash} image={row.image} />
      <span className={styles.errorKind} data-counted={isCounted || undefined}>
        {row.kinds.map((kind) => ERROR_WORDS[kind]).join(', ')}
      </span>
      <span className={styles.errorLabels}>
        {truth !== null && own !== null && truth !== own ? `${truth} labelled as ${own}` : (truth ?? own)}
        {row.truth !== null && row.own !== null && (
          <span className="dim"> · overlap {row.similarity.toFixed(2)}</span>
        )}
      </span>
      <span className={styles.errorPerson}>{row.person}</span>
      <span className={styles.errorImage}>{row.image.key}</span>
    </>
  );
}
