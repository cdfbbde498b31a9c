import type { ImageDocument } from '../../../shared/document/image-document';
import { type ImagePoint, imagePoint } from '../../../shared/geometry/point';
import type { ImageReview } from '../../../shared/review/fold-review';
import { behaviourOf } from '../../../shared/shapes';
import type { Pin } from '../../editor/pin';
import type { RemarkTarget } from './target-of-remark';

/**
 * Pins of what was said of places and objects, numbered as the lists beside the canvas: defects, then threads. What is
 * of the whole picture, or of an object that is gone, has no pin.
 */
export function pinsOfReview(review: ImageReview, document: ImageDocument): readonly Pin[] {
  const pin = (one: RemarkTarget & { readonly id: string }, rest: Omit<Pin, 'id' | 'at'>): readonly Pin[] => {
    const at = placeOf(one, document);
    return at === null ? [] : [{ id: one.id, at, ...rest }];
  };
  return [
    ...review.defects.flatMap((one, index) => pin(one, { kind: 'defect', number: index + 1, isOpen: true })),
    ...review.threads.flatMap((one, index) =>
      pin(one, { kind: 'thread', number: index + 1, isOpen: one.resolved === null }),
    ),
  ];
}

function placeOf({ annotationId, place }: RemarkTarget, document: ImageDocument): ImagePoint | null {
  if (place !== null) return imagePoint(place.x, place.y);
  const shape = annotationId === null ? undefined : document.annotations.get(annotationId)?.shape;
  if (shape === undefined || behaviourOf(shape).cover === 'none') return null;
  const { x, y, width } = behaviourOf(shape).bounds(shape);
  // The corner where no name and no mark of a comparison is.
  return imagePoint(x + width, y);
}
