import { useEffect, useState } from 'react';
import type { AppError } from '../../../shared/result/app-error';
import { err, ok, type Result } from '../../../shared/result/result';
import type { ImageReview } from '../../../shared/review/fold-review';
import { type BatchStanding, judgeBatch } from '../../../shared/review/sampling/judge-batch';
import type { Batch } from '../../../shared/schema/batch';
import type { ImageId, ProjectId } from '../../../shared/schema/ids';
import { useServices } from '../../app/services';
import type { Persistence } from '../../persistence/ports';

export interface BatchRow {
  readonly batch: Batch;
  readonly standing: BatchStanding;
  /** Names of those who label, or handed in, the images of the sample. */
  readonly labellers: readonly string[];
  /** Names of those whom they are assigned to for review. */
  readonly reviewers: readonly string[];
}

export type BatchesState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'ready'; readonly rows: readonly BatchRow[] };

/** While somebody reviews, verdicts come every second; the table follows at this pace. */
const PAUSE_IN_MS = 400;
/** Up to so many reviews are looked up one by one; more are found faster by reading all of the project. */
const MOST_LOOKED_UP = 5000;

/** The batches of a project, newest first, with where each stands; kept up to date. */
export function useBatches(projectId: ProjectId): BatchesState {
  const { persistence } = useServices();
  const [state, setState] = useState<BatchesState>({ kind: 'loading' });
  useEffect(() => {
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const read = async () => {
      timer = null;
      const rows = await readBatches(persistence, projectId);
      if (!isCurrent) return;
      setState(rows.ok ? { kind: 'ready', rows: rows.value } : { kind: 'failed', error: rows.error });
    };
    void read();
    const stop = persistence.images.observe(projectId, () => {
      timer ??= setTimeout(() => void read(), PAUSE_IN_MS);
    });
    return () => {
      isCurrent = false;
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [persistence, projectId]);
  return state;
}

async function readBatches(
  persistence: Persistence,
  projectId: ProjectId,
): Promise<Result<readonly BatchRow[]>> {
  const listed = await persistence.records.list(projectId, 'batch');
  if (!listed.ok) return listed;
  const batches = listed.value.map(({ value }) => value);
  const reviews = await reviewsOf(
    persistence,
    projectId,
    new Set(batches.flatMap(({ sample }) => sample ?? [])),
  );
  if (!reviews.ok) return err(reviews.error);
  const rows = batches.map((batch) => {
    const sampled = (batch.sample ?? []).flatMap((id) => reviews.value.get(id) ?? []);
    return {
      batch,
      standing: judgeBatch(batch, reviews.value),
      labellers: distinct(sampled.map(({ labeller, submitted }) => (labeller ?? submitted?.by)?.name)),
      reviewers: distinct(sampled.map(({ reviewer }) => reviewer?.name)),
    };
  });
  return ok(rows.sort((a, b) => (a.batch.createdAt < b.batch.createdAt ? 1 : -1)));
}

async function reviewsOf(
  persistence: Persistence,
  projectId: ProjectId,
  ids: ReadonlySet<ImageId>,
): Promise<Result<ReadonlyMap<ImageId, ImageReview>>> {
  if (ids.size <= MOST_LOOKED_UP) return persistence.reviews.many(projectId, [...ids]);
  const found = new Map<ImageId, ImageReview>();
  for await (const rows of persistence.reviews.stream(projectId, MOST_LOOKED_UP)) {
    for (const { review } of rows) if (ids.has(review.imageId)) found.set(review.imageId, review);
  }
  return ok(found);
}

function distinct(names: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(names.flatMap((name) => name ?? []))].sort();
}
