import { Box, Button } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Copy } from 'lucide-react';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { useServices } from '../app/services';
import { FilterField } from '../components/filter-field';
import styles from './imports.module.css';

export interface ProblemLine {
  /** File, and the line in it when known. */
  readonly place: string;
  readonly reason: string;
}

/** Height of a line whose reason takes up to two rows of 12 px text. */
const LINE_HEIGHT_IN_PX = 52;

/** What could not be taken as it is: place and reason, to be searched and copied. Draws only the lines in view. */
export function ProblemLines(props: { readonly title: string; readonly lines: readonly ProblemLine[] }) {
  const { toasts } = useServices();
  const [search, setSearch] = useState('');
  const needle = useDeferredValue(search).toLowerCase();
  const shown = useMemo(
    () =>
      needle === ''
        ? props.lines
        : props.lines.filter((line) => `${line.place} ${line.reason}`.toLowerCase().includes(needle)),
    [props.lines, needle],
  );
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT_IN_PX,
    overscan: 8,
  });
  if (props.lines.length === 0) return null;

  const copy = async () => {
    await navigator.clipboard.writeText(shown.map((line) => `${line.place}\t${line.reason}`).join('\n'));
    toasts.show({ message: `Copied ${shown.length.toLocaleString('en')} lines.` });
  };

  return (
    <section className={styles.block} aria-label={props.title}>
      <div className={styles.blockHead}>
        <h3>
          {props.title} <span className="dim">{props.lines.length.toLocaleString('en')}</span>
        </h3>
        <FilterField
          label="Filter by file or reason"
          placeholder="Filter by file or reason"
          value={search}
          onChange={setSearch}
        />
        <Button
          variant="default"
          leftSection={<Copy size={13} aria-hidden />}
          onClick={() => void copy()}
          disabled={shown.length === 0}
        >
          Copy
        </Button>
      </div>
      {shown.length === 0 ? (
        <p className={styles.note}>Nothing fits this filter.</p>
      ) : (
        // A scrolling list must be reachable by keyboard, hence the tab stop.
        <Box
          ref={scroller}
          component="section"
          className={styles.lines}
          tabIndex={0}
          aria-label={`${props.title}, list`}
        >
          <ul style={{ height: rows.getTotalSize() }}>
            {rows.getVirtualItems().map((row) => {
              const line = shown[row.index];
              return (
                <li
                  key={row.key}
                  style={{ transform: `translateY(${row.start}px)`, height: LINE_HEIGHT_IN_PX }}
                >
                  <span className={`${styles.place} selectable`}>{line?.place}</span>
                  <span className={`${styles.reason} selectable`} title={line?.reason}>
                    {line?.reason}
                  </span>
                </li>
              );
            })}
          </ul>
        </Box>
      )}
    </section>
  );
}
