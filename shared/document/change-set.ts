import type { Annotation, ImageStatus } from '../schema/annotation';
import type { ChangeOrigin } from '../schema/change';
import type { AnnotationId } from '../schema/ids';
import type { ImageDocument } from './image-document';

/**
 * What one edit did to one picture: the only currency between the editor, history, spatial index, rules, canvas and
 * persistence. `order` and `status` are [before, after] pairs, null when untouched.
 */
export interface ChangeSet {
  readonly origin: ChangeOrigin;
  /** For machines: `annotation.create`. */
  readonly code: string;
  /** For people: `Draw Car`. */
  readonly label: string;
  readonly added: readonly Annotation[];
  readonly updated: readonly (readonly [before: Annotation, after: Annotation])[];
  readonly removed: readonly Annotation[];
  readonly order: readonly [before: readonly AnnotationId[], after: readonly AnnotationId[]] | null;
  readonly status: readonly [before: ImageStatus, after: ImageStatus] | null;
}

export function isEmptyChange(change: ChangeSet): boolean {
  return (
    change.added.length === 0 &&
    change.updated.length === 0 &&
    change.removed.length === 0 &&
    change.order === null &&
    change.status === null
  );
}

/**
 * The change that takes `change` back. Changes are inverted, never recomputed: undo restores even records that a later
 * rule would refuse. Guarded by test/property/change-set.test.ts.
 */
export function invertChange(change: ChangeSet, origin: ChangeOrigin): ChangeSet {
  return {
    origin,
    code: change.code,
    label: change.label,
    added: change.removed,
    updated: change.updated.map(([before, after]) => [after, before] as const),
    removed: change.added,
    order: change.order === null ? null : [change.order[1], change.order[0]],
    status: change.status === null ? null : [change.status[1], change.status[0]],
  };
}

/** The document after a change. O(n) in the document's annotations: the map is copied, records are shared. */
export function applyChange(document: ImageDocument, change: ChangeSet): ImageDocument {
  const annotations = new Map(document.annotations);
  for (const annotation of change.removed) annotations.delete(annotation.id);
  for (const [, after] of change.updated) annotations.set(after.id, after);
  for (const annotation of change.added) annotations.set(annotation.id, annotation);
  return {
    imageId: document.imageId,
    size: document.size,
    annotations: change.order === null ? annotations : reordered(annotations, change.order[1]),
    status: change.status === null ? document.status : change.status[1],
  };
}

function reordered(
  annotations: ReadonlyMap<AnnotationId, Annotation>,
  order: readonly AnnotationId[],
): ReadonlyMap<AnnotationId, Annotation> {
  const result = new Map<AnnotationId, Annotation>();
  for (const id of order) {
    const annotation = annotations.get(id);
    if (annotation !== undefined) result.set(id, annotation);
  }
  // An order that names too little must not lose anything.
  for (const [id, annotation] of annotations) if (!result.has(id)) result.set(id, annotation);
  return result;
}
