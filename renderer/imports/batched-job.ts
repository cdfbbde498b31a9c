import type { JobProgress } from '../../shared/ipc/channels/files';
import type { EventPayload } from '../../shared/ipc/contract';
import { appError, isAppError, unexpectedError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { JobId } from '../../shared/schema/ids';
import type { Bridge } from '../bridge/bridge';

type BatchEvent = 'scan.batch' | 'labels.surveyed' | 'labels.taken';

/**
 * Runs a job of another process that reports in batches. Each batch is stored before it is acknowledged and before the
 * next one is looked at, so what was acknowledged is on disk, and the sender waits when storing is slow.
 * Ends with `job.cancelled` when `signal` aborts; what was stored until then stays.
 */
export async function runBatchedJob<E extends BatchEvent>(
  bridge: Bridge,
  job: {
    readonly jobId: JobId;
    readonly event: E;
    readonly start: () => Promise<Result<null>>;
    readonly acknowledge: (batch: number) => Promise<Result<null>>;
    readonly store: (batch: EventPayload<E>) => Promise<Result<null>>;
    readonly onProgress?: (progress: JobProgress, note: string) => void;
    readonly signal: AbortSignal;
  },
): Promise<Result<null>> {
  const subscriptions: (() => void)[] = [];
  const finished = new Promise<Result<null>>((resolve) => {
    let queue: Promise<unknown> = Promise.resolve();
    let storing: Promise<unknown> = Promise.resolve();
    const take = async (batch: EventPayload<E>): Promise<void> => {
      if (job.signal.aborted) return;
      const storage = job.store(batch);
      storing = storage;
      const stored = await storage;
      if (!stored.ok) {
        void bridge.invoke('job.cancel', { jobId: job.jobId });
        return resolve(stored);
      }
      // Not waited for: the next batch is usually here already, and the sender reads on meanwhile.
      void job.acknowledge(batch.batch).then((acknowledged) => {
        if (!acknowledged.ok) resolve(acknowledged);
        else if (batch.isLast) resolve(ok(null));
      });
    };
    subscriptions.push(
      bridge.subscribe(job.event, (batch) => {
        if (batch.jobId !== job.jobId) return;
        queue = queue
          .then(() => take(batch))
          .catch((thrown) => resolve(err(unexpectedError(thrown, 'an import'))));
      }),
      bridge.subscribe('job.progress', (event) => {
        if (event.jobId === job.jobId) job.onProgress?.(event.progress, event.note);
      }),
      bridge.subscribe('job.failed', (event) => {
        if (event.jobId !== job.jobId) return;
        const error = { code: event.code, message: event.message, details: {} };
        resolve(err(isAppError(error) ? error : appError('internal.unexpected', event.message)));
      }),
    );
    const cancel = () => {
      void bridge.invoke('job.cancel', { jobId: job.jobId });
      // The batch at hand is stored to its end, so that the place to resume from is right. The sender is not waited
      // for: it may be stuck on a disk that does not answer.
      const end = () => resolve(err(appError('job.cancelled', 'Cancelled.')));
      void storing.then(end, end);
    };
    job.signal.addEventListener('abort', cancel, { once: true });
    subscriptions.push(() => job.signal.removeEventListener('abort', cancel));
    void job.start().then((started) => {
      if (!started.ok) resolve(started);
    });
  });
  const outcome = await finished;
  for (const unsubscribe of subscriptions) unsubscribe();
  return outcome;
}
