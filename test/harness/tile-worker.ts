import { buildPyramid } from '../../electron/media/tiles/build-pyramid';
import { makeOverview } from '../../electron/media/tiles/make-overview';
import { readRect } from '../../electron/media/tiles/read-tiles';
import {
  type BuildArgs,
  type CropArgs,
  type OverviewArgs,
  TILES_BUILD,
  TILES_BUILT,
  TILES_OVERVIEW,
} from '../../electron/media/tiles/tile-requests';
import { loadVips } from '../../electron/media/vips';
import type { WorkerEvent, WorkerProcess } from '../../electron/process-host/worker-process';
import { ok, type Result } from '../../shared/result/result';

/** The tiles process without the process around it; `asked` tells what it was asked. */
export function tileWorker(): Pick<WorkerProcess, 'request' | 'subscribe' | 'stop'> & {
  readonly asked: string[];
} {
  const listeners = new Set<(event: WorkerEvent) => void>();
  const asked: string[] = [];

  async function perform(method: string, args: unknown, signal: AbortSignal): Promise<Result<unknown>> {
    const vips = await loadVips();
    if (method === TILES_OVERVIEW) return makeOverview(vips, (args as OverviewArgs).file);
    if (method === TILES_BUILD) {
      const { folder } = args as BuildArgs;
      return buildPyramid(vips, args as BuildArgs, {
        signal,
        onBuilt: (tiles) => {
          for (const listener of listeners) listener({ name: TILES_BUILT, payload: { folder, tiles } });
        },
      });
    }
    const { folder, size, rect } = args as CropArgs;
    return ok({ png: await readRect(folder, size, rect) });
  }

  return {
    asked,
    async request<T>(method: string, args: unknown, options: { readonly signal?: AbortSignal } = {}) {
      asked.push(method);
      return (await perform(method, args, options.signal ?? new AbortController().signal)) as Result<T>;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: async () => undefined,
  };
}
