import { Box, Skeleton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { type AuditEntry, changeInWords } from '../../../shared/audit/audit-entry';
import { count, plural } from '../../components/quantity';
import { dateAndTime } from '../../components/relative-time';
import { type RowSource, usePagedRows } from '../../components/use-paged-rows';
import styles from './audit.module.css';
import type { AuditRow } from './audit-rows';

/** One line of text, in CSS px. */
const ROW_HEIGHT = 28;

/** The lines of the journal, newest first; only those on screen are read. */
export function AuditList({ source }: { readonly source: RowSource<AuditRow> }) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: source.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
  });
  const items = virtualizer.getVirtualItems();
  const rowAt = usePagedRows(source, 0, items[0]?.index ?? 0, (items.at(-1)?.index ?? 0) + 1);
  const above = items[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    // A scrolling list must be reachable by keyboard, hence the tab stop.
    <Box ref={scroller} component="section" className={styles.rows} tabIndex={0} aria-label="Journal, list">
      <table className={styles.table} aria-label="Lines of the journal" aria-rowcount={source.total + 1}>
        <thead>
          <tr>
            <th scope="col" className={styles.lineColumn}>
              Line
            </th>
            <th scope="col" className={styles.timeColumn}>
              When
            </th>
            <th scope="col" className={styles.whoColumn}>
              Who
            </th>
            <th scope="col">What</th>
            <th scope="col" className={styles.placeColumn}>
              Where
            </th>
            <th scope="col" className={styles.changeColumn}>
              Before → after
            </th>
          </tr>
        </thead>
        <tbody>
          {above > 0 && <tr style={{ height: above }} aria-hidden />}
          {items.map((item) => (
            <tr key={item.key} aria-rowindex={item.index + 2} style={{ height: ROW_HEIGHT }}>
              <Cells row={rowAt(item.index)} />
            </tr>
          ))}
          {below > 0 && <tr style={{ height: below }} aria-hidden />}
        </tbody>
      </table>
    </Box>
  );
}

function Cells({ row }: { readonly row: AuditRow | null }) {
  if (row === null) {
    return (
      <td colSpan={6}>
        <Skeleton height={10} width="40%" />
      </td>
    );
  }
  if (row.kind === 'unread') {
    return (
      <>
        <td className="numeric dim">{count(row.line)}</td>
        <td colSpan={5} className={styles.unread}>
          This line is missing, damaged, or of a later version.
        </td>
      </>
    );
  }
  const { entry } = row;
  const change = changeInWords(entry);
  const place = placeOf(entry);
  return (
    <>
      <td className="numeric dim">{count(entry.line)}</td>
      <td className="dim">{dateAndTime(entry.at)}</td>
      <td title={entry.who}>{entry.who}</td>
      <td title={`${entry.what}\nChange ${entry.changeId}\nHash ${entry.hash}`} className={styles.what}>
        {entry.what}
      </td>
      <td title={place} className="dim">
        {place}
      </td>
      <td title={change} className="dim">
        {change}
      </td>
    </>
  );
}

function placeOf({ image, imageId, images }: AuditEntry): string {
  return image ?? imageId?.slice(0, 8) ?? (images > 1 ? plural(images, 'image') : '');
}
