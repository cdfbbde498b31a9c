import { appError } from '../../shared/result/app-error';
import type { CropAnswer, GroupTask } from './crop-messages';
import { kMeans } from './k-means';
import { LOOK_LENGTH } from './look-descriptor';

/** Runs in the crop worker. Between rounds it hears whether it was cancelled. */
export async function groupLooks(task: GroupTask, signal: AbortSignal): Promise<CropAnswer> {
  const grouping = await kMeans(task.looks, LOOK_LENGTH, task.groupCount, task.seed, async () => {
    await new Promise((resolve) => setTimeout(resolve, 0));
    return !signal.aborted;
  });
  return signal.aborted
    ? { kind: 'failed', error: appError('job.cancelled', 'Cancelled.') }
    : { kind: 'grouped', grouping };
}
