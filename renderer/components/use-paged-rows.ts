import { useEffect, useRef, useState } from 'react';

/** Rows a read; a rail shows about twenty, so a page covers the view and what comes next. */
const PAGE = 100;

export interface RowSource<Row> {
  readonly total: number;
  window(from: number, to: number): Promise<readonly Row[]>;
}

/**
 * Rows of a long list by place, read page by page as they come into view; null while a row is on its way. When `version`
 * rises, pages in view are read again and the old rows stay until the new ones are there.
 */
export function usePagedRows<Row>(
  source: RowSource<Row> | null,
  version: number,
  from: number,
  to: number,
): (index: number) => Row | null {
  const [, redraw] = useState(0);
  const cache = useRef<{
    source: RowSource<Row> | null;
    pages: Map<number, { version: number; rows: readonly Row[] }>;
  }>({ source: null, pages: new Map() });
  if (cache.current.source !== source) cache.current = { source, pages: new Map() };

  const first = Math.floor(from / PAGE);
  const last = Math.floor(Math.max(from, to - 1) / PAGE);
  useEffect(() => {
    if (source === null || source.total === 0) return;
    const held = cache.current;
    for (let page = first; page <= last; page += 1) {
      if (held.pages.get(page)?.version === version) continue;
      void source.window(page * PAGE, Math.min(source.total, (page + 1) * PAGE)).then((rows) => {
        if (cache.current !== held) return;
        held.pages.set(page, { version, rows });
        for (const other of held.pages.keys()) {
          // Far pages would only hold memory; scrolling back reads them again.
          if (Math.abs(other - page) > 20) held.pages.delete(other);
        }
        redraw((count) => count + 1);
      });
    }
  }, [source, version, first, last]);

  return (index) => cache.current.pages.get(Math.floor(index / PAGE))?.rows[index % PAGE] ?? null;
}
