import { detectFormats, likeliestFormats } from '../../shared/formats/detect-formats';
import type { DetectedLabels } from '../../shared/ipc/channels/dataset-formats';
import { MOST_LOSSES_SHOWN } from '../../shared/ipc/channels/version-contents';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { JobId } from '../../shared/schema/ids';
import { readLossFile } from '../datasets-io/read-loss-file';
import type { WorkerHandler } from '../process-host/serve-worker';
import * as ask from './dataset-requests';
import { exportVersion } from './export-version';
import { createFormatHandlers } from './format-handlers';
import { openLabelFolder } from './label-folder';
import { createLabelHandlers } from './label-handlers';
import { type Lake, openLake, type Publish } from './lake';
import { createProgressMeter } from './progress-meter';

const STEP_NOTES = {
  reading: 'Reading what was staged',
  splitting: 'Dealing images to splits',
  writing: 'Writing Parquet files',
  hashing: 'Hashing the files',
} as const;

/** What the datasets process answers to; see dataset-requests.ts. Each call makes a set with a state of its own. */
export function createDatasetHandlers(): Readonly<Record<string, WorkerHandler>> {
  const publishes = new Map<JobId, Publish>();
  const lakes = new Map<string, Lake>();

  function lakeAt(home: string): Lake {
    let lake = lakes.get(home);
    if (lake === undefined) {
      lake = openLake(home);
      lakes.set(home, lake);
    }
    return lake;
  }

  function publishOf(jobId: JobId): Result<Publish> {
    const publish = publishes.get(jobId);
    if (publish !== undefined) return ok(publish);
    return err(
      appError(
        'job.unknown',
        'This publish is not under way any more. Publish again; it goes on where it stopped.',
        {
          jobId,
        },
      ),
    );
  }

  return {
    [ask.LABELS_DETECT]: async (args) => {
      const { target } = args as ask.LabelsArgs;
      const folder = await openLabelFolder(target, []);
      if (!folder.ok) return folder;
      const detected = await detectFormats(folder.value);
      const likeliest = likeliestFormats(detected);
      return ok(
        detected.map((one): DetectedLabels => {
          const { format, confidence, reasons, questions = [] } = one;
          return {
            formatId: format.id,
            title: format.title,
            confidence,
            reasons: [...reasons],
            isLikeliest: likeliest.includes(one),
            questions: [...questions],
            readOptions: format.readOptions,
          };
        }),
      );
    },

    ...createFormatHandlers(),
    ...createLabelHandlers(),

    [ask.PUBLISH_BEGIN]: async (args) => {
      const { home, jobId, request, contentKey } = args as ask.PublishBeginArgs;
      const begun = await lakeAt(home).beginPublish(request, contentKey);
      if (!begun.ok) return begun;
      publishes.set(jobId, begun.value);
      return ok({ nextBatch: begun.value.nextBatch });
    },

    [ask.PUBLISH_APPEND]: async (args) => {
      const { jobId, batch, rows } = args as ask.PublishAppendArgs;
      const publish = publishOf(jobId);
      return publish.ok ? publish.value.append(batch, rows) : publish;
    },

    [ask.PUBLISH_FINISH]: async (args, { signal, emit }) => {
      const { jobId } = args as ask.PublishJobArgs;
      const publish = publishOf(jobId);
      if (!publish.ok) return publish;
      const meter = createProgressMeter('images', (progress, note) =>
        emit('job.progress', { jobId, progress, note }),
      );
      const finished = await publish.value.finish({
        signal,
        onProgress: ({ step, images }) => meter.step(STEP_NOTES[step], images === 0 ? null : images),
      });
      if (finished.ok) publishes.delete(jobId);
      return finished;
    },

    [ask.PUBLISH_UNFINISHED]: async (args) => {
      const { home, projectId } = args as ask.UnfinishedArgs;
      return ok(await lakeAt(home).unfinished(projectId));
    },

    [ask.PUBLISH_FORGET]: async (args) => {
      const { home, projectId } = args as ask.UnfinishedArgs;
      await lakeAt(home).forgetUnfinished(projectId);
      return ok(null);
    },

    [ask.LAKE_VERSIONS]: async (args) => {
      const { home, projectId } = args as ask.VersionsArgs;
      return lakeAt(home).versions(projectId);
    },

    [ask.LAKE_MANIFEST]: async (args) => {
      const { home, versionId } = args as ask.ManifestArgs;
      const stored = await lakeAt(home).version(versionId);
      return stored.ok ? ok(stored.value.manifest) : stored;
    },

    [ask.LAKE_CONTENTS]: async (args) => {
      const { home, versionId } = args as ask.ManifestArgs;
      return lakeAt(home).contents(versionId);
    },

    [ask.LAKE_LOSSES]: async (args) => readLossFile((args as ask.LossesArgs).file, MOST_LOSSES_SHOWN),

    [ask.LAKE_DIFF]: async (args) => {
      const { home, from, to } = args as ask.DiffArgs;
      return lakeAt(home).diff(from, to);
    },

    [ask.LAKE_EXPORT]: async (args, { signal, emit }) => {
      const { home, jobId, destination, images, sources, ...wish } = args as ask.ExportArgs;
      return exportVersion(lakeAt(home), {
        ...wish,
        target: { kind: 'inside', folder: destination },
        pictures: images === 'none' ? null : { mode: images, sources },
        listsLosses: true,
        signal,
        onProgress: (progress, note) => emit('job.progress', { jobId, progress, note }),
      });
    },
  };
}
