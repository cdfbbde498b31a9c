import { stat } from 'node:fs/promises';
import type { ChannelResult } from '../../shared/ipc/contract';
import { type AppError, appError, isAppError, unexpectedError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { JobId } from '../../shared/schema/ids';
import type { WorkerHandler } from '../process-host/serve-worker';
import { createProgressMeter } from '../store/progress-meter';
import { BundleReader } from './bundle-reader';
import * as ask from './bundle-requests';
import { BundleWriter } from './bundle-writer';

interface Writing {
  readonly writer: BundleWriter;
  readonly file: string;
}

/** What the datasets process answers about bundles; see bundle-requests.ts. */
export function createBundleHandlers(): Readonly<Record<string, WorkerHandler>> {
  const writing = new Map<JobId, Writing>();
  const reading = new Map<JobId, BundleReader>();

  const abandon = async (jobId: JobId): Promise<void> => {
    const job = writing.get(jobId);
    writing.delete(jobId);
    await job?.writer.discard();
  };

  return {
    [ask.BUNDLE_BEGIN]: async (args) => {
      const { jobId, file, withPictures } = args as ask.BundleBeginArgs;
      const writer = await BundleWriter.begin(file, withPictures);
      if (!writer.ok) return writer;
      writing.set(jobId, { writer: writer.value, file });
      return ok(null);
    },

    [ask.BUNDLE_APPEND]: async (args) => {
      const { jobId, lines } = args as ask.BundleAppendArgs;
      const job = writing.get(jobId);
      if (job === undefined) return err(unknownJob());
      try {
        await job.writer.append(lines);
        return ok(null);
      } catch (thrown) {
        await abandon(jobId);
        return err(asAppError(thrown));
      }
    },

    [ask.BUNDLE_LINES_HASH]: async (args) => {
      const job = writing.get((args as ask.BundleJobArgs).jobId);
      return job === undefined ? err(unknownJob()) : ok({ sha256: job.writer.linesHash() });
    },

    [ask.BUNDLE_FINISH]: async (args, { signal, emit }): Promise<Result<ChannelResult<'bundle.finish'>>> => {
      const { jobId, facts, package: entry, sources } = args as ask.BundleFinishArgs;
      const job = writing.get(jobId);
      if (job === undefined) return err(unknownJob());
      const meter = createProgressMeter('files', (progress, note) =>
        emit('job.progress', { jobId, progress, note }),
      );
      try {
        meter.step('Packing pictures', job.writer.pictureCount);
        const packed = await job.writer.packPictures(facts, sources, {
          signal,
          onPicture: () => meter.add(1),
        });
        if (!packed.ok) return packed;
        const { pictures, missing, missingPictures } = packed.value;
        const shown = await job.writer.commit({ ...facts, hasPictures: pictures > 0 }, entry);
        if (!shown.ok) return shown;
        writing.delete(jobId);
        // Read back by the reader that others will use; what it refuses must not be called kept.
        meter.step('Reading it back', null);
        const again = await BundleReader.open(job.file, signal);
        if (!again.ok) return again;
        return ok({
          byteSize: (await stat(job.file)).size,
          pictures,
          missing,
          missingPictures: [...missingPictures],
        });
      } catch (thrown) {
        return err(signal.aborted ? cancelled() : asAppError(thrown));
      } finally {
        await abandon(jobId);
      }
    },

    [ask.BUNDLE_ABANDON]: async (args) => {
      await abandon((args as ask.BundleJobArgs).jobId);
      return ok(null);
    },

    [ask.BUNDLE_OPEN]: async (args, { signal }) => {
      const { jobId, file } = args as ask.BundleOpenArgs;
      const opened = await BundleReader.open(file, signal);
      if (!opened.ok) return opened;
      reading.set(jobId, opened.value);
      const { project, sources, images, annotations, hasPictures } = opened.value.manifest;
      const entry = opened.value.package;
      const summary = { project, sources, images, annotations, hasPictures };
      return ok(entry === null ? summary : { ...summary, package: entry });
    },

    [ask.BUNDLE_READ]: async (args) => {
      const { jobId, fromLine } = args as ask.BundleReadArgs;
      const reader = reading.get(jobId);
      return reader === undefined ? err(unknownJob()) : ok(await reader.read(fromLine));
    },

    [ask.BUNDLE_UNPACK]: async (args, { signal, emit }) => {
      const { jobId, home, wanted } = args as ask.BundleUnpackArgs;
      const reader = reading.get(jobId);
      if (reader === undefined) return err(unknownJob());
      const meter = createProgressMeter('files', (progress, note) =>
        emit('job.progress', { jobId, progress, note }),
      );
      meter.step('Unpacking pictures', null);
      try {
        return await reader.unpackPictures(home, new Set(wanted), { signal, onPicture: () => meter.add(1) });
      } catch (thrown) {
        return err(signal.aborted ? cancelled() : asAppError(thrown));
      }
    },

    [ask.BUNDLE_CLOSE]: async (args) => {
      reading.delete((args as ask.BundleJobArgs).jobId);
      return ok(null);
    },
  };
}

function unknownJob() {
  return appError('job.unknown', 'This bundle is not open any more. Begin again.');
}

function cancelled() {
  return appError('job.cancelled', 'Cancelled; nothing is left behind.');
}

function asAppError(thrown: unknown): AppError {
  return isAppError(thrown) ? thrown : unexpectedError(thrown, 'working on a bundle');
}
