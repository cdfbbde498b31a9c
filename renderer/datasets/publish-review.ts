import { hashOfAnnotations } from '../../shared/document/hash';
import type { PublishReview } from '../../shared/ipc/channels/datasets';
import { type ImageReview, unreviewed } from '../../shared/review/fold-review';
import type { AnnotationSet } from '../../shared/schema/change';
import type { SeenAnnotations } from '../../shared/schema/review';

/**
 * Where an image stands in its review, as a version keeps it. `review` is undefined for an image to which nothing
 * happened. O(annotations) where they were edited since the verdict, else O(1).
 */
export function publishReviewOf(review: ImageReview | undefined, set: AnnotationSet): PublishReview {
  const { stage, state, labeller, reviewer, submitted, lastJudgement, verdictOn, rounds, defects, threads } =
    review ?? unreviewed(set.imageId);
  return {
    stage,
    state,
    labeller: labeller?.name ?? null,
    reviewer: lastJudgement?.by.name ?? reviewer?.name ?? null,
    submittedAt: submitted?.at ?? null,
    judgedAt: lastJudgement?.at ?? null,
    verdict: lastJudgement?.verdict ?? null,
    rounds,
    defects: defects.length,
    openThreads: threads.filter(({ resolved }) => resolved === null).length,
    judgedRevision: lastJudgement?.seen.revision ?? null,
    isChangedSince: verdictOn !== null && !isWhatIsThere(verdictOn, set),
  };
}

function isWhatIsThere(seen: SeenAnnotations, { revision, annotations }: AnnotationSet): boolean {
  // An edit that was taken back leaves a later revision with the same annotations.
  return (
    seen.revision === revision ||
    (seen.count === annotations.length && seen.hash === hashOfAnnotations(annotations))
  );
}
