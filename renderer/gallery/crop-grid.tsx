import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { Rect } from '../../shared/geometry/rect';
import type { LabelSchema } from '../../shared/schema/label-schema';
import { figureFor, labelFinder, labelName } from './cell-words';
import type { Gallery, GalleryState } from './create-gallery';
import { type CropCell, type CropScene, cellSizeFor, HEADER_HEIGHT } from './draw-crops';
import styles from './gallery.module.css';
import { GridCells } from './grid-cells';
import type { GridDeeds } from './grid-deeds';
import { createGridLayout } from './grid-layout';
import { createGridPainter, type GridPainter } from './grid-painter';
import { createScrollScale } from './scroll-scale';
import { useBand } from './use-band';
import { useGridKeys } from './use-grid-keys';
import { wantedRows } from './wanted-rows';

const NO_ROWS = new Uint32Array(0);

/**
 * All objects as crops, drawn on one canvas that stays in place while a box of the full height is scrolled behind it.
 * Cells for screen readers follow when scrolling rests.
 */
export function CropGrid(props: {
  readonly gallery: Gallery;
  readonly state: GalleryState;
  readonly schema: LabelSchema;
  readonly deeds: GridDeeds;
}) {
  const { gallery, state, schema, deeds } = props;
  const { crops, selection } = gallery;
  const { cropSide, order } = state.view;
  const rows = state.rows ?? NO_ROWS;
  const { sections } = state;

  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<GridPainter | null>(null);
  const size = useInnerSize(scroller);
  const [settledTop, setSettledTop] = useState(0);
  const [active, setActive] = useState(gallery.place);
  const [isFocused, setFocused] = useState(false);
  const band = useRef<Rect | null>(null);
  const selected = useSyncExternalStore(selection.subscribe, () => selection.size);

  const layout = useMemo(() => {
    const measures = { width: size.width, ...cellSizeFor(cropSide), headerHeight: HEADER_HEIGHT };
    const parts =
      sections === null
        ? [{ count: rows.length, hasHeader: false }]
        : sections.map(({ count }) => ({ count, hasHeader: true }));
    return createGridLayout(parts, measures);
  }, [rows, sections, cropSide, size.width]);
  const scale = useMemo(() => createScrollScale(layout.height, size.height), [layout, size.height]);
  const labelOf = useMemo(() => labelFinder(schema), [schema]);
  const activeIndex = Math.min(active, rows.length - 1);

  const sceneNow = (): CropScene | null => {
    const element = scroller.current;
    if (element === null || size.width === 0) return null;
    return {
      layout,
      cropSide,
      top: scale.topOf(element.scrollTop),
      width: size.width,
      height: size.height,
      isFocused,
      band: band.current,
      cellAt(index): CropCell {
        const row = rows[index] ?? -1;
        const detail = crops.detail(row);
        const label = detail === null ? null : labelOf(detail.labelId);
        return {
          bitmap: crops.bitmap(row),
          failure: crops.failure(row),
          caption: detail === null ? '' : labelName(label),
          figure: detail === null ? '' : figureFor(detail, order),
          color: label?.color ?? null,
          isSelected: selection.has(row),
          isActive: index === activeIndex,
        };
      },
      headerOf(section) {
        const part = sections?.[section];
        if (part === undefined) return { title: '', note: '' };
        const { label, count } = part;
        const whole = count.toLocaleString('en');
        if (label === null)
          return { title: 'Not looked at', note: `${whole}, their pictures cannot be read` };
        const share = Math.round((label.count / count) * 100);
        return {
          title: `Group ${section + 1}`,
          note: `${whole} objects, ${Math.min(100, share)} % ${labelName(labelOf(label.id))}`,
        };
      },
    };
  };
  const latest = useRef(sceneNow);
  latest.current = sceneNow;
  const look = useRef((_: CropScene) => {});
  look.current = ({ layout: shown, top, height }) => crops.want(wantedRows(shown, rows, top, height));

  useEffect(() => {
    if (canvas.current === null) return;
    const made = createGridPainter(
      canvas.current,
      () => latest.current(),
      (scene) => look.current(scene),
      (scene) => setSettledTop(scene.top),
      (seen, lacking) => {
        // For whoever waits until all is drawn; nothing renders for it.
        scroller.current?.setAttribute('data-seen', String(seen));
        scroller.current?.setAttribute('data-lacking', String(lacking));
      },
    );
    painter.current = made;
    made.invalidate();
    return () => made.close();
  }, []);
  useEffect(() => crops.subscribe(() => painter.current?.invalidate()), [crops]);
  // Whatever it was that rendered again may be on the canvas.
  useEffect(() => painter.current?.invalidate());
  // Other rows, or the same at other places: what is wanted is another thing though nothing was scrolled.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the layout stands for the rows in it
  useEffect(() => {
    const scene = latest.current();
    if (scene !== null) look.current(scene);
  }, [layout, rows, crops]);

  const scrollTo = useCallback(
    (index: number) => {
      const element = scroller.current;
      if (element === null) return;
      const rect = layout.rectOf(index);
      const top = scale.topOf(element.scrollTop);
      if (rect.y < top) element.scrollTop = scale.scrollTopFor(rect.y);
      else if (rect.y + rect.height > top + size.height)
        element.scrollTop = scale.scrollTopFor(rect.y + rect.height - size.height);
    },
    [layout, scale, size.height],
  );
  // Coming back from an image one goes on where one left.
  const isPlaced = useRef(false);
  useLayoutEffect(() => {
    if (isPlaced.current || size.height === 0 || rows.length === 0) return;
    isPlaced.current = true;
    scrollTo(Math.min(gallery.place, rows.length - 1));
    gallery.leaveAt(0);
  }, [gallery, rows, size.height, scrollTo]);

  // Another order begins at its beginning.
  const shownOrder = `${order} ${state.view.isDescending} ${state.view.labelId}`;
  const lastOrder = useRef(shownOrder);
  useLayoutEffect(() => {
    if (lastOrder.current === shownOrder) return;
    lastOrder.current = shownOrder;
    if (scroller.current !== null) scroller.current.scrollTop = 0;
    setActive(0);
  }, [shownOrder]);

  const goTo = (index: number) => {
    setActive(index);
    scrollTo(index);
    deeds.onLookAt(rows[index] ?? null);
  };
  const opening: GridDeeds = {
    ...deeds,
    onOpen(row) {
      gallery.leaveAt(Math.max(0, rows.indexOf(row)));
      deeds.onOpen(row);
    },
  };
  const keys = useGridKeys({
    rows,
    layout,
    selection,
    activeIndex,
    viewHeight: size.height,
    goTo,
    deeds: opening,
  });
  const pointer = useBand({
    scroller,
    band,
    rows,
    layout,
    topOf: scale.topOf,
    selection,
    goTo,
    anchor: keys.anchor,
    onOpen: opening.onOpen,
    onHover: deeds.onLookAt,
    redraw: () => painter.current?.invalidate(),
  });

  return (
    // biome-ignore lint/a11y/useSemanticElements: cells lie over a canvas, in no table
    <div
      ref={scroller}
      id="crop-grid"
      className={styles.grid}
      role="grid"
      aria-label="Objects"
      aria-multiselectable
      aria-rowcount={layout.rowCount}
      aria-colcount={layout.columns}
      aria-activedescendant={rows.length > 0 ? `crop-${activeIndex}` : undefined}
      aria-describedby="crop-count"
      data-shares-keys
      data-selected={selected}
      data-region="objects"
      tabIndex={0}
      onScroll={() => painter.current?.invalidate()}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      onKeyDown={keys.onKeyDown}
      {...pointer}
    >
      <div role="presentation" style={{ height: Math.max(scale.boxHeight, size.height) }}>
        <div role="presentation" className={styles.view} style={{ height: size.height }}>
          <canvas
            ref={canvas}
            className={styles.canvas}
            aria-hidden
            style={{ width: size.width, height: size.height }}
          />
          <GridCells
            rows={rows}
            layout={layout}
            top={settledTop}
            height={size.height}
            activeIndex={activeIndex}
            crops={crops}
            selection={selection}
            labelOf={labelOf}
          />
        </div>
      </div>
    </div>
  );
}

/** Width without the scroll bar, and height, of an element in CSS px. */
function useInnerSize(element: { readonly current: HTMLElement | null }) {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const observed = element.current;
    if (observed === null) return;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = observed;
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(observed);
    measure();
    return () => observer.disconnect();
  }, [element]);
  return size;
}
