import fs from 'node:fs/promises';
import type { EventPayload } from '../../shared/ipc/contract';
import { ok, type Result } from '../../shared/result/result';
import type { JobId, SourceId } from '../../shared/schema/ids';
import type { GrantStore, GrantTarget } from '../grants/grant-store';
import type { ChannelHandlers, Emit } from '../ipc/answer-call';
import type { WorkerProcess } from '../process-host/worker-process';
import {
  SCAN_ACKNOWLEDGE,
  SCAN_BATCH,
  SCAN_RUN,
  type ScanAcknowledgeArgs,
  type ScanRunArgs,
  SOURCE_MISSING,
  type SourceMissing,
  type SourceMissingArgs,
} from './media-requests';
import type { ThumbnailCache } from './thumbnail-cache';

export interface MediaServices {
  readonly media: WorkerProcess;
  readonly grants: GrantStore;
  readonly thumbnails: ThumbnailCache;
  readonly emit: Emit;
}

export interface MediaChannels {
  readonly channels: Pick<
    ChannelHandlers,
    'scan.start' | 'scan.acknowledge' | 'source.missing' | 'thumbnail.put'
  >;
  /** For `job.cancel`: true when the job is a scan of this process. Its end is told by `job.failed` (`job.cancelled`). */
  cancelJob(jobId: JobId): boolean;
}

interface RunningScan {
  readonly sourceId: SourceId;
  readonly abort: AbortController;
}

/** Main's side of the media process: turns grants into paths, passes batches on, and tells how jobs ended. */
export function createMediaChannels({ media, grants, thumbnails, emit }: MediaServices): MediaChannels {
  const scans = new Map<JobId, RunningScan>();

  media.subscribe(({ name, payload }) => {
    if (name === SCAN_BATCH) {
      // Made by our own worker from parsed parts; parsing 100,000 records again would keep main busy for a second.
      const batch = payload as EventPayload<'scan.batch'>;
      if (scans.has(batch.jobId)) emit('scan.batch', batch);
    } else if (name === 'job.progress') {
      emit('job.progress', payload as EventPayload<'job.progress'>);
    }
  });

  async function run(jobId: JobId, args: ScanRunArgs, abort: AbortController): Promise<void> {
    const result = await media.request<null>(SCAN_RUN, args, { signal: abort.signal });
    scans.delete(jobId);
    if (!result.ok) emit('job.failed', { jobId, code: result.error.code, message: result.error.message });
  }

  return {
    channels: {
      'scan.start': async ({ jobId, sourceId, afterKey, batchSize }) => {
        const target = await realTarget(grants, sourceId);
        if (!target.ok) return target;
        // One scan a source: after a reload of the window the earlier one waits for a receiver that is gone.
        for (const scan of scans.values()) if (scan.sourceId === sourceId) scan.abort.abort();
        const abort = new AbortController();
        scans.set(jobId, { sourceId, abort });
        void run(jobId, { jobId, target: target.value, afterKey, batchSize }, abort);
        return ok(null);
      },

      'scan.acknowledge': async ({ jobId, batch }) => {
        // The acknowledgement of the last batch comes after the scan's end; it must not start the process again.
        if (!scans.has(jobId)) return ok(null);
        const args: ScanAcknowledgeArgs = { jobId, batch };
        return media.request<null>(SCAN_ACKNOWLEDGE, args);
      },

      'source.missing': async ({ sourceId, keys }) => {
        const target = await realTarget(grants, sourceId);
        if (!target.ok) return target;
        const args: SourceMissingArgs = { target: target.value, keys };
        const missing = await media.request<SourceMissing>(SOURCE_MISSING, args);
        if (!missing.ok) return missing;
        const isMissing = new Set(missing.value.missingKeys);
        return ok({
          isAvailable: missing.value.isAvailable,
          missingKeys: keys.filter((key) => isMissing.has(key)),
        });
      },

      'thumbnail.put': async ({ contentHash, bytes }) => thumbnails.put(contentHash, bytes),
    },

    cancelJob(jobId) {
      const scan = scans.get(jobId);
      scan?.abort.abort();
      return scan !== undefined;
    },
  };
}

/** The target with its real root, against which links are judged; a root that is gone is told by the worker. */
async function realTarget(grants: GrantStore, sourceId: SourceId): Promise<Result<GrantTarget>> {
  const stored = grants.get(sourceId);
  if (!stored.ok) return stored;
  const { target } = stored.value;
  if (target.kind === 'files') return ok(target);
  return ok({ kind: 'folder', root: await fs.realpath(target.root).catch(() => target.root) });
}
