import RBush from 'rbush';
import type { Rect } from './rect';

/** An item with its bounds in image px, laid out as the tree reads them. */
export interface IndexedItem<T> {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
  readonly item: T;
}

/**
 * Finds what lies in a rectangle among many things that change a few at a time. An R-tree (Guttman 1984, with bulk
 * loading) keyed by id: put and delete cost O(log n), a search O(log n + found).
 */
export interface SpatialIndex<Id, T> {
  readonly size: number;
  /** Adds an item, or moves it when its id is known. */
  put(id: Id, bounds: Rect, item: T): void;
  delete(id: Id): void;
  /** Everything whose bounds overlap or touch `rect`, in no order. */
  search(rect: Rect): readonly IndexedItem<T>[];
}

/** Builds an index at once, which packs it tighter than adding one by one. */
export function createSpatialIndex<Id, T>(
  entries: Iterable<readonly [id: Id, bounds: Rect, item: T]>,
): SpatialIndex<Id, T> {
  const tree = new RBush<IndexedItem<T>>();
  const byId = new Map<Id, IndexedItem<T>>();
  for (const [id, bounds, item] of entries) byId.set(id, indexed(bounds, item));
  tree.load([...byId.values()]);

  function remove(id: Id): void {
    const known = byId.get(id);
    if (known === undefined) return;
    tree.remove(known);
    byId.delete(id);
  }

  return {
    get size() {
      return byId.size;
    },
    put(id, bounds, item) {
      remove(id);
      const added = indexed(bounds, item);
      byId.set(id, added);
      tree.insert(added);
    },
    delete: remove,
    search: (rect) =>
      tree.search({ minX: rect.x, minY: rect.y, maxX: rect.x + rect.width, maxY: rect.y + rect.height }),
  };
}

function indexed<T>(bounds: Rect, item: T): IndexedItem<T> {
  return {
    minX: bounds.x,
    minY: bounds.y,
    maxX: bounds.x + bounds.width,
    maxY: bounds.y + bounds.height,
    item,
  };
}
