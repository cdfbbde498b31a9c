import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { type JobId, type ProjectId, RelativeKey, type SourceId } from '../../shared/schema/ids';
import type { Services } from '../app/services';
import { count, plural } from '../components/quantity';
import { runBatchedJob } from './batched-job';
import { findMissing } from './find-missing';

/** Enough that a transaction is worth its wait for the disk, few enough that taking a batch over costs no frame. */
const IMAGES_PER_BATCH = 2000;

/** Batches come faster than a person reads numbers. */
const PROGRESS_PACE_IN_MS = 200;

export interface ImportedImages {
  readonly added: number;
  readonly known: number;
  readonly moved: number;
  readonly duplicates: number;
  readonly problems: number;
}

/**
 * Scans a granted folder and stores its images in the project, batch by batch, with a line in the tray. Every stored
 * batch moves the import's cursor, so that a cut-off import resumes behind it. Files that are gone from where they
 * were are marked first: only a missing image is found again by its content in a new place and keeps its labels.
 */
export async function importImages(
  services: Pick<Services, 'bridge' | 'persistence' | 'jobs'>,
  input: {
    readonly projectId: ProjectId;
    readonly sourceId: SourceId;
    readonly displayName: string;
    /** Where an earlier import of this folder stopped, or null to begin. */
    readonly afterKey: string | null;
  },
): Promise<Result<ImportedImages>> {
  const { bridge, persistence, jobs } = services;
  const jobId = crypto.randomUUID() as JobId;
  const stop = new AbortController();
  const line = jobs.start({ title: `Adding ${input.displayName}`, cancel: () => stop.abort() });
  const looked = await findMissing(services, input.projectId, stop.signal);
  if (!looked.ok) {
    line.fail(looked.error);
    return looked;
  }
  if (stop.signal.aborted) {
    line.done('Stopped before anything was added.');
    return err(appError('job.cancelled', 'Cancelled.'));
  }
  let shownAt = Number.NEGATIVE_INFINITY;
  const total = { added: 0, known: 0, moved: 0, duplicates: 0, problems: 0 };
  const outcome = await runBatchedJob(bridge, {
    jobId,
    event: 'scan.batch',
    signal: stop.signal,
    start: () =>
      bridge.invoke('scan.start', {
        jobId,
        sourceId: input.sourceId,
        afterKey: resumableKey(input.afterKey),
        batchSize: IMAGES_PER_BATCH,
      }),
    acknowledge: (batch) => bridge.invoke('scan.acknowledge', { jobId, batch }),
    async store(batch) {
      const stored = await persistence.images.addScanned(input.projectId, input.sourceId, {
        images: batch.images,
        problems: batch.problems,
        cursor: batch.cursor,
        isLast: batch.isLast,
      });
      if (!stored.ok) return stored;
      total.added += stored.value.added;
      total.known += stored.value.known;
      total.moved += stored.value.moved;
      total.duplicates += stored.value.duplicates;
      total.problems += batch.problems.length;
      if (performance.now() - shownAt > PROGRESS_PACE_IN_MS) {
        shownAt = performance.now();
        line.progress(batch.progress, total.problems > 0 ? `${total.problems} with problems` : '');
      }
      return ok(null);
    },
  });
  if (outcome.ok) {
    line.done(describeImportedImages(total));
    return ok(total);
  }
  if (outcome.error.code === 'job.cancelled') {
    line.done(`Stopped after ${total.added + total.known} images. Add the folder again to go on from there.`);
  } else {
    line.fail(outcome.error);
  }
  return err(outcome.error);
}

/** `120 images added · 3 duplicates · 2 problems`. */
export function describeImportedImages(total: ImportedImages): string {
  const parts = [`${plural(total.added, 'image')} added`];
  if (total.known > 0) parts.push(`${count(total.known)} already there`);
  if (total.moved > 0) parts.push(`${count(total.moved)} found again in a new place`);
  if (total.duplicates > 0) parts.push(plural(total.duplicates, 'duplicate'));
  if (total.problems > 0) parts.push(`${count(total.problems)} with problems`);
  return parts.join(' · ');
}

function resumableKey(key: string | null): string | null {
  return key !== null && RelativeKey.safeParse(key).success ? key : null;
}
