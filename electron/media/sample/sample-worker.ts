import { ok } from '../../../shared/result/result';
import type { WorkerHandler } from '../../process-host/serve-worker';
import { createSample } from './create-sample';

export const SAMPLE_DRAW = 'sample.draw';

export interface SampleDrawArgs {
  readonly jobId: string;
  readonly folder: string;
}

export interface SampleDrawn {
  readonly imagesDir: string;
}

/** The media process's part: draws the pictures and tells how far it is. */
export const sampleHandlers: Readonly<Record<string, WorkerHandler>> = {
  [SAMPLE_DRAW]: async (args, { emit }) => {
    const { jobId, folder } = args as SampleDrawArgs;
    const started = Date.now();
    const sample = await createSample(folder, (done, total) => {
      const perSecond = (done * 1000) / Math.max(Date.now() - started, 1);
      emit('job.progress', {
        jobId,
        note: 'Drawing the sample',
        progress: { done, total, unit: 'images', perSecond, secondsLeft: (total - done) / perSecond },
      });
    });
    const drawn: SampleDrawn = { imagesDir: sample.imagesDir };
    return ok(drawn);
  },
};
