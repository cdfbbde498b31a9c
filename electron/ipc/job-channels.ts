import { appError } from '../../shared/result/app-error';
import { err, ok } from '../../shared/result/result';
import type { JobId } from '../../shared/schema/ids';
import type { ChannelHandlers } from './answer-call';

/** Whoever runs jobs; true when the job was its own. A job's end is told by whoever runs it, not by the cancel. */
export interface JobRunner {
  cancelJob(jobId: JobId): boolean;
}

/** The asker need not know which process runs a job, so every runner is asked. */
export function createJobChannels(runners: readonly JobRunner[]): Pick<ChannelHandlers, 'job.cancel'> {
  return {
    'job.cancel': async ({ jobId }) => {
      const answers = runners.map((runner) => runner.cancelJob(jobId));
      if (answers.some(Boolean)) return ok(null);
      return err(appError('job.unknown', 'This job has ended already.', { jobId }));
    },
  };
}
