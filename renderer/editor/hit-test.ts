import type { ImagePoint } from '../../shared/geometry/point';
import type { Annotation } from '../../shared/schema/annotation';
import type { AnnotationId } from '../../shared/schema/ids';
import { behaviourOf } from '../../shared/shapes';
import type { OpenDocument } from './open-document';

interface Candidate {
  readonly annotation: Annotation;
  readonly isOnOutline: boolean;
  readonly area: number;
}

/**
 * The annotation that a person means by a point: one whose outline is within reach before one that only holds the
 * point, then the smallest, then the topmost. So a small box inside a large one can be taken, and a large one by its
 * edge. Runs on every pointer move: O(log n) candidates from the R-tree, then exact tests on those under the point.
 */
export function hitTest(
  document: OpenDocument,
  point: ImagePoint,
  toleranceInImagePx: number,
): AnnotationId | null {
  const candidates = document.index.search({
    x: point.x - toleranceInImagePx,
    y: point.y - toleranceInImagePx,
    width: 2 * toleranceInImagePx,
    height: 2 * toleranceInImagePx,
  });
  let best: Candidate | null = null;
  for (const { item: annotation } of candidates) {
    if (annotation.isHidden) continue;
    const behaviour = behaviourOf(annotation.shape);
    const isOnOutline = behaviour.distanceToOutline(annotation.shape, point) <= toleranceInImagePx;
    if (!isOnOutline && !behaviour.contains(annotation.shape, point)) continue;
    const candidate = { annotation, isOnOutline, area: behaviour.area(annotation.shape) };
    if (best === null || isMeant(document, candidate, best)) best = candidate;
  }
  return best?.annotation.id ?? null;
}

function isMeant(document: OpenDocument, candidate: Candidate, best: Candidate): boolean {
  if (candidate.isOnOutline !== best.isOnOutline) return candidate.isOnOutline;
  if (candidate.area !== best.area) return candidate.area < best.area;
  return document.orderOf(candidate.annotation.id) > document.orderOf(best.annotation.id);
}
