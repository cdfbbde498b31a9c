import { STANDING_WORDS, standingOf } from './review-words';
import { useOpenReview } from './use-open-review';

/** How the open image stands in its review. */
export function ReviewPanel() {
  const { review } = useOpenReview();
  return review === null ? null : <p>{STANDING_WORDS[standingOf(review)]}</p>;
}
