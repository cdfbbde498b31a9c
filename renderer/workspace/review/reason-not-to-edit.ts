import { isPermitted } from '../../../shared/people/permissions';
import type { ImageReview } from '../../../shared/review/fold-review';
import type { Session } from '../../../shared/schema/person';

/**
 * Why the open image's own labels may only be looked at, said before somebody tries; null when they may be changed. The
 * store holds to the same rule.
 */
export function reasonNotToEdit(review: ImageReview | null, session: Session | null): string | null {
  if (review === null || review.stage === 'annotation' || session === null) return null;
  if (isPermitted(session.role, 'annotation.editSubmitted')) return null;
  return review.stage === 'accepted'
    ? 'Accepted. It can be changed again when a reviewer reopens it.'
    : 'Handed in for review. It can be changed again when it is given back.';
}
