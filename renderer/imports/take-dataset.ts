import type { TakeMapping, TakenBatch } from '../../shared/ipc/channels/label-imports';
import type { Result } from '../../shared/result/result';
import type { JobId } from '../../shared/schema/ids';
import type { Services } from '../app/services';
import { runBatchedJob } from './batched-job';
import { type LabelRequest, readingOf } from './label-request';

/** Reads label files once more and hands their annotations over batch by batch, as they are stored. */
export function takeDataset(
  { bridge }: Pick<Services, 'bridge'>,
  request: LabelRequest,
  wish: {
    readonly mapping: TakeMapping;
    /** Images of the survey to pass over. */
    readonly skip: number;
    /** Only these images; null for all. */
    readonly keys: readonly string[] | null;
  },
  signal: AbortSignal,
  take: (batch: TakenBatch) => Promise<Result<null>>,
): Promise<Result<null>> {
  const jobId = crypto.randomUUID() as JobId;
  return runBatchedJob(bridge, {
    jobId,
    event: 'labels.taken',
    signal,
    start: () =>
      bridge.invoke('labels.take', {
        jobId,
        ...readingOf(request),
        mapping: wish.mapping,
        skip: wish.skip,
        keys: wish.keys === null ? null : [...wish.keys],
      }),
    acknowledge: (batch) => bridge.invoke('labels.acknowledge', { jobId, batch }),
    store: take,
  });
}
