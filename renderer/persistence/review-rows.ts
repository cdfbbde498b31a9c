import type { PromiseExtended } from 'dexie';
import { z } from 'zod';
import { appError } from '../../shared/result/app-error';
import { foldReview, type ImageReview } from '../../shared/review/fold-review';
import type { ImageId, ProjectId } from '../../shared/schema/ids';
import { ReviewEvent } from '../../shared/schema/review';
import { DEFAULT_REVIEW_POLICY, ReviewPolicy } from '../../shared/schema/review-policy';
import type { GroundmarkDatabase } from './database';
import { Refusal } from './database-error';
import { changedMark, reviewMarks } from './review-marks';
import type { StoredImage, StoredReview } from './stored-records';

const Events = z.array(ReviewEvent);

/** The project's policy; the default where none was set. Inside a transaction that holds `records`. */
export function readPolicy(db: GroundmarkDatabase, projectId: ProjectId): PromiseExtended<ReviewPolicy> {
  return db.records.get([projectId, 'policy', 'policy']).then((stored) => {
    if (stored === undefined) return DEFAULT_REVIEW_POLICY;
    // Settings that came later have their defaults in a policy that is older than they are.
    const parsed = ReviewPolicy.safeParse({ ...DEFAULT_REVIEW_POLICY, ...JSON.parse(stored.text) });
    return parsed.success ? parsed.data : DEFAULT_REVIEW_POLICY;
  });
}

/** Throws a refusal when what is stored cannot be read: a verdict must not be lost silently. */
export function eventsOf(row: StoredReview | undefined): readonly ReviewEvent[] {
  if (row === undefined) return [];
  let value: unknown;
  try {
    value = JSON.parse(row.text);
  } catch {
    value = null;
  }
  const parsed = Events.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Refusal(
    appError(
      'record.damaged',
      'The review of this image is damaged in the database. Nothing was overwritten; restore a backup to get it back.',
      { imageId: row.imageId },
    ),
  );
}

export function reviewRow(
  image: Pick<StoredImage, 'id' | 'projectId' | 'ordinal' | 'revision'>,
  events: readonly ReviewEvent[],
  policy: ReviewPolicy,
): { readonly row: StoredReview; readonly review: ImageReview } {
  const review = foldReview(image.id, events, policy);
  return {
    review,
    row: {
      projectId: image.projectId,
      ordinal: image.ordinal,
      imageId: image.id,
      text: JSON.stringify(events),
      stage: review.stage,
      state: review.state,
      judgedRevision: review.verdictOn?.revision ?? null,
      marks: reviewMarks(image.projectId, review, image.revision),
    },
  };
}

/** Notes in the queues that labels were changed since somebody judged them. Inside the edit's own transaction. */
export function markChanged(
  db: GroundmarkDatabase,
  row: StoredReview | undefined,
): PromiseExtended<unknown> | null {
  if (row === undefined || row.judgedRevision === null) return null;
  const mark = changedMark(row.projectId);
  return row.marks.includes(mark) ? null : db.reviews.put({ ...row, marks: [...row.marks, mark] });
}

export function reviewRowsOf(
  db: GroundmarkDatabase,
  imageIds: readonly ImageId[],
): PromiseExtended<ReadonlyMap<ImageId, StoredReview>> {
  return db.reviews
    .where('imageId')
    .anyOf([...imageIds])
    .toArray()
    .then((rows) => new Map(rows.map((row) => [row.imageId, row])));
}

/** Adds to (or takes from) the kept count of the row's stage and state. */
export function count(counts: Record<string, number>, row: StoredReview, by: 1 | -1): void {
  const key = `${row.stage}.${row.state}`;
  const next = (counts[key] ?? 0) + by;
  if (next > 0) counts[key] = next;
  else delete counts[key];
}
