import type { ImageDocument } from '../../shared/document/image-document';
import type { Rect } from '../../shared/geometry/rect';
import type { AnnotationId } from '../../shared/schema/ids';
import type { Shape } from '../../shared/schema/shapes';
import { behaviourOf } from '../../shared/shapes';
import type { Session } from '../editor/editor';
import type { Ink } from './ink';
import type { Palette } from './palette';

/**
 * What a frame with thousands of objects reads, side by side in memory: walking from index to record to shape costs
 * more for 10,000 boxes than drawing them. Hidden objects and those without a place are left out.
 */
export interface DenseTable {
  /** Four numbers a row, in image px: left, top, right, bottom. */
  readonly bounds: Float64Array;
  /** 1 where the bounds are the whole shape. */
  readonly isBox: Uint8Array;
  readonly shapes: readonly Shape[];
  readonly ids: readonly AnnotationId[];
  /** Rows of the same colour lie together. */
  readonly groups: readonly { readonly ink: Ink; readonly from: number; readonly until: number }[];
}

let known: {
  readonly document: ImageDocument;
  readonly palette: Palette;
  readonly table: DenseTable;
} | null = null;
let knownPlaces: { readonly table: DenseTable; readonly places: ReadonlyMap<AnnotationId, number> } | null =
  null;

/** The table of a document in a palette's colours. O(n) once after each change of either; the last one is kept. */
export function denseTableOf(document: ImageDocument, palette: Palette): DenseTable {
  if (known?.document === document && known.palette === palette) return known.table;
  const table = tableOf(document, palette);
  known = { document, palette, table };
  return table;
}

function tableOf(document: ImageDocument, palette: Palette): DenseTable {
  const byInk = new Map<Ink, { readonly id: AnnotationId; readonly shape: Shape }[]>();
  let count = 0;
  for (const annotation of document.annotations.values()) {
    if (annotation.isHidden || annotation.shape.type === 'tag') continue;
    const ink = palette.inkOf(annotation);
    const group = byInk.get(ink);
    if (group === undefined) byInk.set(ink, [annotation]);
    else group.push(annotation);
    count += 1;
  }
  const bounds = new Float64Array(4 * count);
  const isBox = new Uint8Array(count);
  const shapes: Shape[] = [];
  const ids: AnnotationId[] = [];
  const groups: { readonly ink: Ink; readonly from: number; readonly until: number }[] = [];
  for (const [ink, members] of byInk) {
    const from = ids.length;
    for (const { id, shape } of members) {
      const row = ids.length;
      const { x, y, width, height } = shape.type === 'box' ? shape : behaviourOf(shape).bounds(shape);
      bounds[4 * row] = x;
      bounds[4 * row + 1] = y;
      bounds[4 * row + 2] = x + width;
      bounds[4 * row + 3] = y + height;
      isBox[row] = shape.type === 'box' ? 1 : 0;
      shapes.push(shape);
      ids.push(id);
    }
    groups.push({ ink, from, until: ids.length });
  }
  return { bounds, isBox, shapes, ids, groups };
}

/**
 * Calls `draw` for each row that is seen and at rest, colour by colour. Linear in the table, which for what is dense
 * costs less than asking the index: rows follow one another in memory.
 */
export function forEachAtRest(
  table: DenseTable,
  seen: Rect,
  session: Pick<Session, 'selection' | 'isolated'>,
  onGroup: (ink: Ink) => void,
  draw: (row: number, ink: Ink) => void,
): void {
  const { bounds, groups } = table;
  const isSkipped = skippedRows(table, session);
  const right = seen.x + seen.width;
  const bottom = seen.y + seen.height;
  for (const { ink, from, until } of groups) {
    onGroup(ink);
    for (let row = from; row < until; row += 1) {
      const at = 4 * row;
      // Rows are in range, so `?? 0` never applies; it is how typed arrays are read without a check.
      if ((bounds[at] ?? 0) > right || (bounds[at + 2] ?? 0) < seen.x) continue;
      if ((bounds[at + 1] ?? 0) > bottom || (bounds[at + 3] ?? 0) < seen.y) continue;
      if (isSkipped !== null && isSkipped[row] === 1) continue;
      draw(row, ink);
    }
  }
}

/** 1 for rows that lie on the overlay or are set aside; null when there are none. */
function skippedRows(
  table: DenseTable,
  { selection, isolated }: Pick<Session, 'selection' | 'isolated'>,
): Uint8Array | null {
  if (selection.size === 0 && isolated === null) return null;
  const places = placesOf(table);
  const isSkipped = new Uint8Array(table.ids.length).fill(isolated === null ? 0 : 1);
  const mark = (ids: ReadonlySet<AnnotationId>, value: number) => {
    for (const id of ids) {
      const row = places.get(id);
      if (row !== undefined) isSkipped[row] = value;
    }
  };
  if (isolated !== null) mark(isolated, 0);
  mark(selection, 1);
  return isSkipped;
}

function placesOf(table: DenseTable): ReadonlyMap<AnnotationId, number> {
  if (knownPlaces?.table === table) return knownPlaces.places;
  const places = new Map(table.ids.map((id, row) => [id, row]));
  knownPlaces = { table, places };
  return places;
}
