import path from 'node:path';
import { dialog } from 'electron';
import type { BundleSummary } from '../../shared/ipc/channels/bundles';
import type { Grant } from '../../shared/ipc/channels/files';
import type { ChannelResult } from '../../shared/ipc/contract';
import { ok, type Result } from '../../shared/result/result';
import type { JobId, SourceId } from '../../shared/schema/ids';
import type { GrantStore, GrantTarget } from '../grants/grant-store';
import type { ChannelHandlers } from '../ipc/answer-call';
import type { WorkerProcess } from '../process-host/worker-process';
import type { UnpackedSource } from './bundle-reader';
import * as ask from './bundle-requests';

const FILTERS = [
  { name: 'Groundmark bundle', extensions: ['gmk'] },
  { name: 'All files', extensions: ['*'] },
];

type BundleChannelName = Extract<keyof ChannelHandlers, `bundle.${string}`>;

export interface BundleServices {
  readonly datasets: WorkerProcess;
  readonly grants: GrantStore;
  /** Where pictures of opened bundles are unpacked. */
  readonly folder: string;
}

export interface BundleChannels {
  readonly channels: Pick<ChannelHandlers, BundleChannelName>;
  /** For `job.cancel`: true when the job is a bundle that is written or opened. */
  cancelJob(jobId: JobId): boolean;
}

/** Main's side of bundles: asks the person for the file and turns grants into paths; all work is the worker's. */
export function createBundleChannels({ datasets, grants, folder }: BundleServices): BundleChannels {
  const jobs = new Map<JobId, AbortController>();
  const begin = (jobId: JobId): AbortSignal => {
    const abort = new AbortController();
    jobs.set(jobId, abort);
    return abort.signal;
  };
  const request = <T>(method: string, args: ask.BundleJobArgs): Promise<Result<T>> => {
    const signal = jobs.get(args.jobId)?.signal;
    return datasets.request<T>(method, args, signal === undefined ? {} : { signal });
  };

  return {
    channels: {
      'bundle.begin': async ({ jobId, suggestedName, withPictures }, { window }) => {
        const { canceled, filePath } = await dialog.showSaveDialog(window, {
          title: 'Save the project as a bundle',
          defaultPath: `${path.basename(suggestedName).replace(/[/\\:*?"<>|]/g, '-')}.gmk`,
          filters: FILTERS,
        });
        if (canceled || filePath === undefined || filePath === '') return ok(null);
        const file = path.extname(filePath) === '' ? `${filePath}.gmk` : filePath;
        begin(jobId);
        const args: ask.BundleBeginArgs = { jobId, file, withPictures };
        const begun = await request<null>(ask.BUNDLE_BEGIN, args);
        return begun.ok ? ok({ name: path.basename(file) }) : begun;
      },

      'bundle.append': ({ jobId, lines }) => {
        const args: ask.BundleAppendArgs = { jobId, lines };
        return request<null>(ask.BUNDLE_APPEND, args);
      },

      'bundle.linesHash': ({ jobId }) => {
        const args: ask.BundleJobArgs = { jobId };
        return request<ChannelResult<'bundle.linesHash'>>(ask.BUNDLE_LINES_HASH, args);
      },

      'bundle.finish': async ({ jobId, package: entry = null, ...facts }) => {
        const args: ask.BundleFinishArgs = {
          jobId,
          facts,
          package: entry,
          sources: await targetsOf(grants, facts.sources),
        };
        const finished = await request<ChannelResult<'bundle.finish'>>(ask.BUNDLE_FINISH, args);
        jobs.delete(jobId);
        return finished;
      },

      'bundle.open': async ({ jobId }, { window }) => {
        const { canceled, filePaths } = await dialog.showOpenDialog(window, {
          title: 'Open a Groundmark bundle',
          properties: ['openFile'],
          filters: FILTERS,
        });
        const [file] = filePaths;
        if (canceled || file === undefined) return ok(null);
        begin(jobId);
        const args: ask.BundleOpenArgs = { jobId, file };
        const opened = await request<BundleSummary>(ask.BUNDLE_OPEN, args);
        return opened.ok ? ok({ name: path.basename(file), summary: opened.value }) : opened;
      },

      'bundle.read': ({ jobId, fromLine }) => {
        const args: ask.BundleReadArgs = { jobId, fromLine };
        return request<ChannelResult<'bundle.read'>>(ask.BUNDLE_READ, args);
      },

      'bundle.unpackPictures': async ({ jobId, sources }) => {
        const wanted = sources.filter((id) => !grants.get(id).ok);
        const args: ask.BundleUnpackArgs = { jobId, home: folder, wanted };
        const unpacked = await request<{ sources: readonly UnpackedSource[]; pictures: number }>(
          ask.BUNDLE_UNPACK,
          args,
        );
        if (!unpacked.ok) return unpacked;
        const opened: Grant[] = [];
        for (const source of unpacked.value.sources) {
          const grant = await grants.adoptFolder(
            source.sourceId,
            source.folder,
            source.displayName,
            'images',
          );
          if (!grant.ok) return grant;
          opened.push(grant.value);
        }
        return ok({ grants: opened, pictures: unpacked.value.pictures });
      },

      'bundle.close': async ({ jobId }) => {
        const args: ask.BundleJobArgs = { jobId };
        jobs.delete(jobId);
        return datasets.request<null>(ask.BUNDLE_CLOSE, args);
      },
    },

    cancelJob(jobId) {
      const job = jobs.get(jobId);
      if (job === undefined) return false;
      job.abort();
      jobs.delete(jobId);
      const args: ask.BundleJobArgs = { jobId };
      void datasets.request<null>(ask.BUNDLE_ABANDON, args);
      return true;
    },
  };
}

/** Where the originals of these sources are, as far as they are open here. */
async function targetsOf(
  grants: GrantStore,
  sources: readonly { readonly id: SourceId }[],
): Promise<Readonly<Record<string, GrantTarget>>> {
  return Object.fromEntries(
    sources.flatMap(({ id }) => {
      const stored = grants.get(id);
      return stored.ok && stored.value.purpose === 'images' ? [[id, stored.value.target] as const] : [];
    }),
  );
}
