import Dexie from 'dexie';
import { foldReview } from '../../shared/review/fold-review';
import type { ProjectId } from '../../shared/schema/ids';
import type { ReviewPolicy } from '../../shared/schema/review-policy';
import type { GroundmarkDatabase } from './database';
import { Refusal } from './database-error';
import { stageMark } from './review-marks';
import { count, eventsOf } from './review-rows';
import type { StoredReview } from './stored-records';

/** Reviews read at a time: between two reads the window draws. */
const ROWS_AT_A_TIME = 500;

/**
 * Folds every review of a project anew after its policy changed: rows, marks and counts then say what the new policy
 * makes of the same events. Inside the transaction that stores the policy, which holds `reviews`.
 * @returns the counts by `stage.state`, for the caller to store with the head. O(reviews).
 */
export async function refoldReviews(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  policy: ReviewPolicy,
  counts: Readonly<Record<string, number>>,
): Promise<Record<string, number>> {
  const after = { ...counts };
  for (let from = 0; ; ) {
    const rows = await db.reviews
      .where('[projectId+ordinal]')
      .between([projectId, from], [projectId, Dexie.maxKey])
      .limit(ROWS_AT_A_TIME)
      .toArray();
    const last = rows.at(-1);
    if (last === undefined) return after;
    const changed = rows.flatMap((row) => {
      const next = refolded(row, policy);
      if (next === null) return [];
      count(after, row, -1);
      count(after, next, 1);
      return [next];
    });
    if (changed.length > 0) await db.reviews.bulkPut(changed);
    from = last.ordinal + 1;
  }
}

/** Null when nothing is different. A policy moves an image between stages; all other marks follow from the events. */
function refolded(row: StoredReview, policy: ReviewPolicy): StoredReview | null {
  // Without a verdict there is nothing that a policy weighs.
  if (row.judgedRevision === null) return null;
  const review = readable(row, policy);
  if (review === null || (review.stage === row.stage && review.state === row.state)) return null;
  const { stage, state } = review;
  const before = stageMark(row.projectId, row.stage, row.state);
  const marks = row.marks.map((mark) => (mark === before ? stageMark(row.projectId, stage, state) : mark));
  return { ...row, stage, state, marks };
}

/** Null of a damaged one: it stays as it is and says so when it is opened; it must not hold up the settings. */
function readable(row: StoredReview, policy: ReviewPolicy) {
  try {
    return foldReview(row.imageId, eventsOf(row), policy);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
