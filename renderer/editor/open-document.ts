import { applyChange, type ChangeSet } from '../../shared/document/change-set';
import type { ImageDocument } from '../../shared/document/image-document';
import { createSpatialIndex, type SpatialIndex } from '../../shared/geometry/spatial-index';
import type { Annotation } from '../../shared/schema/annotation';
import type { AnnotationId } from '../../shared/schema/ids';
import { behaviourOf } from '../../shared/shapes';

/** The open picture's document with its spatial index, which follows each change instead of being rebuilt. */
export interface OpenDocument {
  readonly current: ImageDocument;
  readonly index: SpatialIndex<AnnotationId, Annotation>;
  apply(change: ChangeSet): void;
  /** Place in the drawing order, 0 at the bottom; -1 when unknown. O(n) once after each change, then O(1). */
  orderOf(id: AnnotationId): number;
}

export function openDocument(initial: ImageDocument): OpenDocument {
  let current = initial;
  let order: ReadonlyMap<AnnotationId, number> | null = null;
  const index = createSpatialIndex<AnnotationId, Annotation>(
    [...initial.annotations.values()]
      .filter(hasPlace)
      .map((annotation) => [annotation.id, boundsOf(annotation), annotation] as const),
  );

  function put(annotation: Annotation): void {
    if (hasPlace(annotation)) index.put(annotation.id, boundsOf(annotation), annotation);
    else index.delete(annotation.id);
  }

  return {
    get current() {
      return current;
    },
    index,
    apply(change) {
      current = applyChange(current, change);
      order = null;
      for (const annotation of change.removed) index.delete(annotation.id);
      for (const [, after] of change.updated) put(after);
      for (const annotation of change.added) put(annotation);
    },
    orderOf(id) {
      order ??= new Map([...current.annotations.keys()].map((key, place) => [key, place]));
      return order.get(id) ?? -1;
    },
  };
}

function boundsOf(annotation: Annotation) {
  return behaviourOf(annotation.shape).bounds(annotation.shape);
}

/** A tag is of the whole picture: it is nowhere to be found in it. */
function hasPlace({ shape }: Annotation): boolean {
  return behaviourOf(shape).cover !== 'none';
}
