import type { Batch } from '../../schema/batch';
import type { ImageId } from '../../schema/ids';
import { type ImageReview, type Judgement, judgementIn } from '../fold-review';

export interface BatchStanding {
  readonly sampled: number;
  /** Pictures of the sample that somebody judged. */
  readonly judged: number;
  /** Judged pictures that were rejected, or have a major or critical defect. */
  readonly nonconforming: number;
  /** What the plan says; null while it cannot say, and where a person decides. */
  readonly verdict: 'accepted' | 'rejected' | null;
}

interface Judged {
  readonly judgement: Judgement;
  readonly review: ImageReview;
}

/**
 * Where a batch stands by the reviews of its sample. With an acceptance number (ISO 2859-1, 7.1): accepted when the whole
 * sample was judged and no more than that many are nonconforming, rejected as soon as more are. Without one: accepted
 * when the whole sample was judged and nothing in it is nonconforming; else a person decides. Each picture counts by its
 * first judgement in the batch: the sample says how the batch was handed in, not how it is once the sample was mended.
 */
export function judgeBatch(batch: Batch, reviews: ReadonlyMap<ImageId, ImageReview>): BatchStanding {
  const sample = batch.sample ?? [];
  const judged = sample.flatMap((id) => {
    const review = reviews.get(id);
    if (review === undefined) return [];
    const judgement = judgementIn(review, batch.id);
    return judgement === null ? [] : [{ judgement, review }];
  });
  const nonconforming = judged.filter(isNonconforming).length;
  const isComplete = sample.length > 0 && judged.length === sample.length;
  const limit = batch.acceptanceNumber ?? 0;
  const isOver = batch.acceptanceNumber !== null && nonconforming > limit;
  const verdict = isOver ? 'rejected' : isComplete && nonconforming <= limit ? 'accepted' : null;
  return { sampled: sample.length, judged: judged.length, nonconforming, verdict };
}

function isNonconforming({ judgement, review }: Judged): boolean {
  return judgement.verdict === 'rejected' || review.defects.some(({ severity }) => severity !== 'minor');
}
