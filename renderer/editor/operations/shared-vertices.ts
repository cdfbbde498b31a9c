import type { Annotation } from '../../../shared/schema/annotation';
import type { VertexRef } from '../../../shared/shapes/shape-behaviour';
import type { Editor } from '../editor';
import { isOnCanvas } from '../shown';
import { vertexAt, verticesOf } from './shape-vertices';

/** Vertices nearer than this in image px are the same place: snapping copies coordinates, conversions round them. */
const SAME_PLACE_IN_IMAGE_PX = 1e-6;

export interface SharingObject {
  readonly annotation: Annotation;
  readonly vertices: readonly VertexRef[];
}

/**
 * Other outlines with vertices in the very places of these ones: borders that are shared. Only polygons and polylines
 * that are on the canvas and not locked. O(vertices of the objects around).
 */
export function objectsSharing(
  editor: Editor,
  annotation: Annotation,
  vertices: readonly VertexRef[],
): readonly SharingObject[] {
  const sharing = new Map<Annotation, VertexRef[]>();
  for (const vertex of vertices) {
    const at = vertexAt(annotation.shape, vertex);
    if (at === null) continue;
    const reach = SAME_PLACE_IN_IMAGE_PX;
    for (const { item } of editor.search({
      x: at.x - reach,
      y: at.y - reach,
      width: 2 * reach,
      height: 2 * reach,
    })) {
      if (item.id === annotation.id || item.isLocked || !isOnCanvas(editor.session, item)) continue;
      if (item.shape.type !== 'polygon' && item.shape.type !== 'polyline') continue;
      const same = verticesOf(item.shape).filter(
        (other) => Math.abs(other.at.x - at.x) <= reach && Math.abs(other.at.y - at.y) <= reach,
      );
      if (same.length > 0) sharing.set(item, [...(sharing.get(item) ?? []), ...same]);
    }
  }
  return [...sharing].map(([shared, meeting]) => ({ annotation: shared, vertices: meeting }));
}
