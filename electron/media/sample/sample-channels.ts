import type { ChannelResult, ParsedChannelArgs } from '../../../shared/ipc/contract';
import { ok, type Result } from '../../../shared/result/result';
import { createScene, SCENE_COUNT } from '../../../shared/sample/scene';
import type { GrantStore } from '../../grants/grant-store';
import type { WorkerProcess } from '../../process-host/worker-process';
import { SAMPLE_DRAW, type SampleDrawArgs, type SampleDrawn } from './sample-worker';

interface SampleServices {
  readonly media: WorkerProcess;
  readonly grants: GrantStore;
  /** Folder of the sample in the person's data home. */
  readonly folder: string;
}

/** Has the media process draw the sample (the first time takes some seconds) and opens its folder. */
export function createSampleChannels({ media, grants, folder }: SampleServices) {
  return {
    'sample.open': async ({
      jobId,
    }: ParsedChannelArgs<'sample.open'>): Promise<Result<ChannelResult<'sample.open'>>> => {
      const args: SampleDrawArgs = { jobId, folder };
      const drawn = await media.request<SampleDrawn>(SAMPLE_DRAW, args);
      if (!drawn.ok) return drawn;
      const grant = await grants.addFolder(drawn.value.imagesDir, 'images');
      if (!grant.ok) return grant;
      const scenes = Array.from({ length: SCENE_COUNT }, (_, index) => createScene(index));
      return ok({
        grant: grant.value,
        truth: scenes.map((scene) => ({
          key: scene.key,
          annotations: scene.truth.map((truth) => ({ ...truth, attributes: { ...truth.attributes } })),
        })),
      });
    },
  };
}
