import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { ChannelResult, EventPayload, ParsedChannelArgs } from '../../shared/ipc/contract';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { JobId, SourceId } from '../../shared/schema/ids';
import type { GrantStore, GrantTarget } from '../grants/grant-store';
import type { ChannelHandlers, Emit } from '../ipc/answer-call';
import type { WorkerProcess } from '../process-host/worker-process';
import * as ask from './dataset-requests';

export interface DatasetServices {
  readonly datasets: WorkerProcess;
  readonly grants: GrantStore;
  /** The data home; the lake is its folder `lake`. */
  readonly home: string;
  readonly emit: Emit;
}

type DatasetChannelName = Extract<
  keyof ChannelHandlers,
  `formats.${string}` | `labels.${string}` | `lake.${string}`
>;

export interface DatasetChannels {
  readonly channels: Pick<ChannelHandlers, DatasetChannelName>;
  /** For `job.cancel`: true when the job is a reading of labels, a publish or an export. */
  cancelJob(jobId: JobId): boolean;
}

interface RunningJob {
  readonly kind: 'labels' | 'publish' | 'export';
  readonly abort: AbortController;
}

/** Main's side of the datasets process: turns grants into paths, passes batches on, and knows which jobs run. */
export function createDatasetChannels({ datasets, grants, home, emit }: DatasetServices): DatasetChannels {
  const jobs = new Map<JobId, RunningJob>();

  datasets.subscribe(({ name, payload }) => {
    // Made by our own worker from parsed parts; parsing each again would keep main busy.
    if (name === ask.LABELS_SURVEYED) {
      const batch = payload as EventPayload<'labels.surveyed'>;
      if (jobs.has(batch.jobId)) emit('labels.surveyed', batch);
    } else if (name === ask.LABELS_TAKEN) {
      const batch = payload as EventPayload<'labels.taken'>;
      if (jobs.has(batch.jobId)) emit('labels.taken', batch);
    } else if (name === 'job.progress') {
      emit('job.progress', payload as EventPayload<'job.progress'>);
    }
  });

  function begin(jobId: JobId, kind: RunningJob['kind']): AbortController {
    const abort = new AbortController();
    jobs.set(jobId, { kind, abort });
    return abort;
  }

  /** Asks for something that belongs to a publish; one that was cancelled answers so, whatever is still on its way. */
  async function ofPublish<T>(jobId: JobId, method: string, args: unknown): Promise<Result<T>> {
    const job = jobs.get(jobId);
    if (job?.abort.signal.aborted) return err(appError('job.cancelled', 'The publish was cancelled.'));
    return datasets.request<T>(method, args, job === undefined ? {} : { signal: job.abort.signal });
  }

  /** Starts a pass over label files; it goes on by itself and reports in events. */
  async function readLabels(
    method: string,
    { jobId, sourceId, formatId, options, imageSourceIds }: ParsedChannelArgs<'labels.survey'>,
    wish: Omit<ask.LabelsTakeArgs, keyof ask.LabelsReadArgs> | Readonly<Record<string, never>>,
  ): Promise<Result<null>> {
    const labels = grants.get(sourceId);
    if (!labels.ok) return labels;
    const { signal } = begin(jobId, 'labels');
    const wanted = new Set(imageSourceIds);
    const pictures = [...(await imageTargets(grants))].flatMap(([id, target]) =>
      wanted.has(id) ? [target] : [],
    );
    const args: ask.LabelsReadArgs = { target: labels.value.target, pictures, jobId, formatId, options };
    void datasets.request<null>(method, { ...args, ...wish }, { signal }).then((result) => {
      jobs.delete(jobId);
      if (!result.ok) emit('job.failed', { jobId, code: result.error.code, message: result.error.message });
    });
    return ok(null);
  }

  return {
    channels: {
      // Main does without the formats: they are half a megabyte to read at every start.
      'formats.list': () => datasets.request(ask.FORMATS_LIST, {}),

      'formats.fidelity': (args) => {
        const wanted: ask.FormatFidelityArgs = args;
        return datasets.request(ask.FORMATS_FIDELITY, wanted);
      },

      'labels.detect': async ({ sourceId }) => {
        const labels = grants.get(sourceId);
        if (!labels.ok) return labels;
        const args: ask.LabelsArgs = { target: labels.value.target };
        return datasets.request(ask.LABELS_DETECT, args);
      },

      'labels.survey': (args) => readLabels(ask.LABELS_SURVEY, args, {}),

      'labels.take': ({ mapping, skip, keys, ...args }) =>
        readLabels(ask.LABELS_TAKE, args, { mapping, skip, keys }),

      'labels.acknowledge': async ({ jobId, batch }) => {
        // The acknowledgement of the last batch comes after the end; it must not start the process again.
        if (!jobs.has(jobId)) return ok(null);
        const args: ask.LabelsAcknowledgeArgs = { jobId, batch };
        return datasets.request<null>(ask.LABELS_ACKNOWLEDGE, args);
      },

      'lake.publishBegin': async ({ jobId, request, contentKey }) => {
        begin(jobId, 'publish');
        const args: ask.PublishBeginArgs = { home, jobId, request, contentKey };
        const begun = await ofPublish<{ nextBatch: number }>(jobId, ask.PUBLISH_BEGIN, args);
        if (!begun.ok) jobs.delete(jobId);
        return begun;
      },

      'lake.publishAppend': async ({ jobId, batch, rows }) => {
        const args: ask.PublishAppendArgs = { jobId, batch, rows };
        return ofPublish<null>(jobId, ask.PUBLISH_APPEND, args);
      },

      'lake.publishFinish': async ({ jobId }) => {
        const args: ask.PublishJobArgs = { jobId };
        const finished = await ofPublish<ChannelResult<'lake.publishFinish'>>(
          jobId,
          ask.PUBLISH_FINISH,
          args,
        );
        jobs.delete(jobId);
        return finished;
      },

      'lake.unfinished': async ({ projectId }) => {
        const args: ask.UnfinishedArgs = { home, projectId };
        return datasets.request(ask.PUBLISH_UNFINISHED, args);
      },

      'lake.forgetUnfinished': async ({ projectId }) => {
        const args: ask.UnfinishedArgs = { home, projectId };
        return datasets.request(ask.PUBLISH_FORGET, args);
      },

      'lake.versions': async ({ projectId }) => {
        const args: ask.VersionsArgs = { home, projectId };
        return datasets.request(ask.LAKE_VERSIONS, args);
      },

      'lake.manifest': async ({ versionId }) => {
        const args: ask.ManifestArgs = { home, versionId };
        return datasets.request(ask.LAKE_MANIFEST, args);
      },

      'lake.contents': async ({ versionId }) => {
        const args: ask.ManifestArgs = { home, versionId };
        return datasets.request(ask.LAKE_CONTENTS, args);
      },

      'lake.losses': async ({ destinationId, file }) => {
        const destination = await grants.resolveForWriting(destinationId);
        if (!destination.ok) return destination;
        const args: ask.LossesArgs = { file: path.join(destination.value, file) };
        return datasets.request(ask.LAKE_LOSSES, args);
      },

      'lake.diff': async ({ from, to }) => {
        const args: ask.DiffArgs = { home, from, to };
        return datasets.request(ask.LAKE_DIFF, args);
      },

      'lake.export': async (wish) => {
        const { jobId, versionId, formatId, destinationId } = wish;
        const destination = await grants.resolveForWriting(destinationId);
        if (!destination.ok) return destination;
        const images = wish.images ?? (wish.includesImages ? 'copy' : 'none');
        const { signal } = begin(jobId, 'export');
        const args: ask.ExportArgs = {
          home,
          jobId,
          versionId,
          formatId,
          options: wish.options ?? {},
          exportOptions: wish.exportOptions ?? {},
          container: wish.container ?? 'folder',
          destination: destination.value,
          images,
          sources: images === 'none' ? {} : Object.fromEntries(await imageTargets(grants)),
        };
        const report = await datasets.request<ChannelResult<'lake.export'>>(ask.LAKE_EXPORT, args, {
          signal,
        });
        jobs.delete(jobId);
        return report;
      },
    },

    cancelJob(jobId) {
      const job = jobs.get(jobId);
      if (job === undefined) return false;
      job.abort.abort();
      // A cancelled publish stays known, so that what its window still asks is answered; what is staged can go on.
      return true;
    },
  };
}

/** Where images may be read from, by source id, with real roots. */
async function imageTargets(grants: GrantStore): Promise<ReadonlyMap<SourceId, GrantTarget>> {
  const targets = new Map<SourceId, GrantTarget>();
  for (const { id, purpose } of await grants.list()) {
    if (purpose !== 'images') continue;
    const stored = grants.get(id);
    if (!stored.ok) continue;
    const { target } = stored.value;
    targets.set(
      id,
      target.kind === 'files'
        ? target
        : { kind: 'folder', root: await realpath(target.root).catch(() => target.root) },
    );
  }
  return targets;
}
