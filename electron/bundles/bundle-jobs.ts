import { type Deed, permit } from '../../shared/people/permissions';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { JobId } from '../../shared/schema/ids';
import type { Session } from '../../shared/schema/person';
import type { PackageEntry } from '../../shared/schema/work-package';

type EntryKind = PackageEntry['content']['kind'];

/** What a bundle is written or opened for: who may, and what `package.json` of a written one must be. */
const PURPOSES = {
  bundle: { deed: 'bundle.save', entry: null },
  work: { deed: 'package.issue', entry: 'work' },
  return: { deed: 'review.submit', entry: 'return' },
  project: { deed: 'bundle.open', entry: null },
  merge: { deed: 'package.merge', entry: null },
} as const satisfies Record<string, { readonly deed: Deed; readonly entry: EntryKind | null }>;

export type BundlePurpose = keyof typeof PURPOSES;

/** Bundles that are being written or read, each for what it was begun for. */
export interface BundleJobs {
  begin(jobId: JobId, purpose: BundlePurpose): AbortSignal;
  /**
   * The signal of a job, for its next step. `job.unknown` when it was not begun, `people.not-permitted` when whoever is
   * at the app now may not do what it was begun for.
   */
  step(jobId: JobId): Result<AbortSignal>;
  /** As `step`, for the last one: a job that was begun for one thing must not end as another. */
  lastStep(jobId: JobId, entry: PackageEntry | null): Result<AbortSignal>;
  /** False when there is no such job. */
  end(jobId: JobId, how: 'done' | 'cancelled'): boolean;
}

export function createBundleJobs(session: () => Session): BundleJobs {
  const jobs = new Map<JobId, { readonly abort: AbortController; readonly purpose: BundlePurpose }>();

  const step = (jobId: JobId): Result<AbortSignal> => {
    const job = jobs.get(jobId);
    if (job === undefined) {
      return err(appError('job.unknown', 'This bundle is not open any more. Begin again.', { jobId }));
    }
    const permitted = permit(session(), PURPOSES[job.purpose].deed);
    return permitted.ok ? ok(job.abort.signal) : permitted;
  };

  return {
    begin(jobId, purpose) {
      const abort = new AbortController();
      jobs.set(jobId, { abort, purpose });
      return abort.signal;
    },

    step,

    lastStep(jobId, entry) {
      const signal = step(jobId);
      const purpose = jobs.get(jobId)?.purpose;
      if (!signal.ok || purpose === undefined) return signal;
      const kind = entry?.content.kind ?? null;
      if (kind === PURPOSES[purpose].entry) return signal;
      return err(
        appError('ipc.bad-arguments', 'This bundle would not be what it was begun for. Nothing is kept.', {
          purpose,
          kind,
        }),
      );
    },

    end(jobId, how) {
      const job = jobs.get(jobId);
      if (job === undefined) return false;
      jobs.delete(jobId);
      if (how === 'cancelled') job.abort.abort();
      return true;
    },
  };
}
