import type { ImageReview } from '../../../shared/review/fold-review';
import type { ReviewPolicy } from '../../../shared/schema/review-policy';
import { useObservable } from '../../app/observable';
import { useWorkspace } from '../workspace-context';

/** The review of the open image, for views. `open` counts what somebody has to answer: threads and proposals. */
export function useOpenReview(): {
  readonly review: ImageReview | null;
  readonly policy: ReviewPolicy;
  readonly isShown: boolean;
  readonly open: number;
} {
  const workspace = useWorkspace();
  const review = useObservable(workspace.review.review);
  const policy = useObservable(workspace.review.policy);
  const open =
    review === null
      ? 0
      : review.threads.filter(({ resolved }) => resolved === null).length +
        review.proposals.filter(({ decision }) => decision === null).length;
  return { review, policy, isShown: policy.isReviewed, open };
}
