import type { Size } from '../geometry/rect';
import type { Annotation, ImageStatus } from '../schema/annotation';
import type { AnnotationSet } from '../schema/change';
import type { AnnotationId, ImageId } from '../schema/ids';

/**
 * The annotations of one open picture. Immutable; the map's order is the drawing order, bottom first.
 * `size` is the displayed size in image px, inside which edits are clamped.
 */
export interface ImageDocument {
  readonly imageId: ImageId;
  readonly size: Size;
  readonly annotations: ReadonlyMap<AnnotationId, Annotation>;
  readonly status: ImageStatus;
}

export function documentFromSet(set: AnnotationSet, size: Size): ImageDocument {
  return {
    imageId: set.imageId,
    size,
    annotations: new Map(set.annotations.map((annotation) => [annotation.id, annotation])),
    status: set.status,
  };
}
