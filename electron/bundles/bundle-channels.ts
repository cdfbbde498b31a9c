import path from 'node:path';
import { type BrowserWindow, dialog } from 'electron';
import type { BundleSummary } from '../../shared/ipc/channels/bundles';
import type { Grant } from '../../shared/ipc/channels/files';
import type { ChannelResult } from '../../shared/ipc/contract';
import { ok, type Result } from '../../shared/result/result';
import type { JobId, SourceId } from '../../shared/schema/ids';
import type { PublicKey, Session } from '../../shared/schema/person';
import type { GrantStore, GrantTarget } from '../grants/grant-store';
import type { ChannelHandlers } from '../ipc/answer-call';
import type { WorkerProcess } from '../process-host/worker-process';
import { demandAddressee } from './addressee';
import { type BundlePurpose, createBundleJobs } from './bundle-jobs';
import type { UnpackedSource } from './bundle-reader';
import * as ask from './bundle-requests';

const FILTERS = [
  { name: 'Groundmark bundle', extensions: ['gmk'] },
  { name: 'All files', extensions: ['*'] },
];

type BundleChannelName = Extract<keyof ChannelHandlers, `bundle.${string}` | `package.${string}`>;

export interface BundleServices {
  readonly datasets: WorkerProcess;
  readonly grants: GrantStore;
  /** Where pictures of opened bundles are unpacked. */
  readonly folder: string;
  readonly session: () => Session;
  /** Whether somebody on this computer signs with this key. */
  readonly isKeyHere: (key: PublicKey) => boolean;
}

export interface BundleChannels {
  readonly channels: Pick<ChannelHandlers, BundleChannelName>;
  /** For `job.cancel`: true when the job is a bundle that is written or opened. */
  cancelJob(jobId: JobId): boolean;
}

/** What a bundle is written or opened for, and what the person is asked. */
interface Beginning {
  readonly purpose: BundlePurpose;
  readonly title: string;
  readonly suggestedName: string;
  readonly withPictures: boolean;
}

/** Main's side of bundles: asks the person for the file and turns grants into paths; all work is the worker's. */
export function createBundleChannels(services: BundleServices): BundleChannels {
  const { datasets, grants, folder, session, isKeyHere } = services;
  const jobs = createBundleJobs(session);

  async function begin(
    jobId: JobId,
    window: BrowserWindow,
    { purpose, title, suggestedName, withPictures }: Beginning,
  ): Promise<Result<{ name: string } | null>> {
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      title,
      defaultPath: `${path.basename(suggestedName).replace(/[/\\:*?"<>|]/g, '-')}.gmk`,
      filters: FILTERS,
    });
    if (canceled || filePath === undefined || filePath === '') return ok(null);
    const file = path.extname(filePath) === '' ? `${filePath}.gmk` : filePath;
    const signal = jobs.begin(jobId, purpose);
    const args: ask.BundleBeginArgs = { jobId, file, withPictures };
    const begun = await datasets.request<null>(ask.BUNDLE_BEGIN, args, { signal });
    return begun.ok ? ok({ name: path.basename(file) }) : begun;
  }

  async function open(
    jobId: JobId,
    window: BrowserWindow,
    { purpose, title }: Pick<Beginning, 'purpose' | 'title'>,
  ): Promise<Result<{ name: string; summary: BundleSummary } | null>> {
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      title,
      properties: ['openFile'],
      filters: FILTERS,
    });
    const [file] = filePaths;
    if (canceled || file === undefined) return ok(null);
    const signal = jobs.begin(jobId, purpose);
    const args: ask.BundleOpenArgs = { jobId, file };
    const opened = await datasets.request<BundleSummary>(ask.BUNDLE_OPEN, args, { signal });
    return opened.ok ? ok({ name: path.basename(file), summary: opened.value }) : opened;
  }

  async function close(jobId: JobId): Promise<Result<null>> {
    jobs.end(jobId, 'done');
    const args: ask.BundleJobArgs = { jobId };
    return datasets.request<null>(ask.BUNDLE_CLOSE, args);
  }

  function cancelJob(jobId: JobId): boolean {
    if (!jobs.end(jobId, 'cancelled')) return false;
    const args: ask.BundleJobArgs = { jobId };
    void datasets.request<null>(ask.BUNDLE_ABANDON, args);
    return true;
  }

  return {
    channels: {
      'bundle.begin': ({ jobId, ...asked }, { window }) =>
        begin(jobId, window, { purpose: 'bundle', title: 'Save the project as a bundle', ...asked }),

      'package.begin': ({ jobId, ...asked }, { window }) =>
        begin(jobId, window, { purpose: 'work', title: 'Save the work package', ...asked }),

      'package.beginReturn': ({ jobId, ...asked }, { window }) =>
        begin(jobId, window, {
          purpose: 'return',
          title: 'Save the work that goes back',
          withPictures: false,
          ...asked,
        }),

      'bundle.append': async ({ jobId, lines }) => {
        const signal = jobs.step(jobId);
        if (!signal.ok) return signal;
        const args: ask.BundleAppendArgs = { jobId, lines };
        return datasets.request<null>(ask.BUNDLE_APPEND, args, { signal: signal.value });
      },

      'bundle.linesHash': async ({ jobId }) => {
        const signal = jobs.step(jobId);
        if (!signal.ok) return signal;
        const args: ask.BundleJobArgs = { jobId };
        return datasets.request<ChannelResult<'bundle.linesHash'>>(ask.BUNDLE_LINES_HASH, args, {
          signal: signal.value,
        });
      },

      'bundle.finish': async ({ jobId, package: entry = null, ...facts }) => {
        const signal = jobs.lastStep(jobId, entry);
        if (!signal.ok) {
          cancelJob(jobId);
          return signal;
        }
        const args: ask.BundleFinishArgs = {
          jobId,
          facts,
          package: entry,
          sources: await targetsOf(grants, facts.sources),
        };
        const finished = await datasets.request<ChannelResult<'bundle.finish'>>(ask.BUNDLE_FINISH, args, {
          signal: signal.value,
        });
        jobs.end(jobId, 'done');
        return finished;
      },

      'bundle.open': async ({ jobId }, { window }) => {
        const opened = await open(jobId, window, { purpose: 'project', title: 'Open a Groundmark bundle' });
        if (!opened.ok || opened.value === null) return opened;
        const addressed = demandAddressee(opened.value.summary.package, isKeyHere);
        if (addressed.ok) return opened;
        await close(jobId);
        return addressed;
      },

      'package.openReturn': ({ jobId }, { window }) =>
        open(jobId, window, { purpose: 'merge', title: 'Open work that came back' }),

      'bundle.read': async ({ jobId, fromLine }) => {
        const signal = jobs.step(jobId);
        if (!signal.ok) return signal;
        const args: ask.BundleReadArgs = { jobId, fromLine };
        return datasets.request<ChannelResult<'bundle.read'>>(ask.BUNDLE_READ, args, {
          signal: signal.value,
        });
      },

      'bundle.unpackPictures': async ({ jobId, sources }) => {
        const signal = jobs.step(jobId);
        if (!signal.ok) return signal;
        const wanted = sources.filter((id) => !grants.get(id).ok);
        const args: ask.BundleUnpackArgs = { jobId, home: folder, wanted };
        const unpacked = await datasets.request<{ sources: readonly UnpackedSource[]; pictures: number }>(
          ask.BUNDLE_UNPACK,
          args,
          { signal: signal.value },
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

      'bundle.close': ({ jobId }) => close(jobId),
    },

    cancelJob,
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
