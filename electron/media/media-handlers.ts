import { ok } from '../../shared/result/result';
import type { JobId } from '../../shared/schema/ids';
import type { WorkerHandler } from '../process-host/serve-worker';
import { decodeToPng } from './decode/decode-picture';
import { readSamples } from './decode/read-samples';
import { salvagePicture } from './decode/salvage-picture';
import {
  type DecodedPicture,
  PICTURE_DECODE,
  PICTURE_SALVAGE,
  PICTURE_SAMPLES,
  type PictureDecodeArgs,
  type PictureSalvageArgs,
  type PictureSamples,
  type PictureSamplesArgs,
  SCAN_ACKNOWLEDGE,
  SCAN_BATCH,
  SCAN_RUN,
  type ScanAcknowledgeArgs,
  type ScanRunArgs,
  SOURCE_MISSING,
  type SourceMissingArgs,
} from './media-requests';
import { findMissing } from './missing-files';
import { sampleHandlers } from './sample/sample-worker';
import { type BatchGate, createBatchGate } from './scan/batch-gate';
import { runScan } from './scan/run-scan';
import { loadVips } from './vips';

const gates = new Map<JobId, BatchGate>();

/** Everything that the media process answers to; main's side is media-channels.ts and asset-responses.ts. */
export const mediaHandlers: Readonly<Record<string, WorkerHandler>> = {
  ...sampleHandlers,

  [SCAN_RUN]: async (args, { signal, emit }) => {
    const request = args as ScanRunArgs;
    const gate = createBatchGate(signal);
    gates.set(request.jobId, gate);
    try {
      return await runScan(request, { signal, gate, sendBatch: (batch) => emit(SCAN_BATCH, batch) });
    } finally {
      gates.delete(request.jobId);
    }
  },

  [SCAN_ACKNOWLEDGE]: async (args) => {
    const { jobId, batch } = args as ScanAcknowledgeArgs;
    gates.get(jobId)?.acknowledge(batch);
    return ok(null);
  },

  [SOURCE_MISSING]: async (args) => {
    const { target, keys } = args as SourceMissingArgs;
    return ok(await findMissing(target, keys));
  },

  [PICTURE_DECODE]: async (args) => {
    const { file, maxSide } = args as PictureDecodeArgs;
    const png = await decodeToPng(file, maxSide);
    return png.ok ? ok<DecodedPicture>({ png: png.value }) : png;
  },

  [PICTURE_SAMPLES]: async (args) => {
    const { file } = args as PictureSamplesArgs;
    const samples = await readSamples(file);
    return samples.ok ? ok<PictureSamples>({ samples: samples.value }) : samples;
  },

  [PICTURE_SALVAGE]: async (args) => salvagePicture(await loadVips(), (args as PictureSalvageArgs).file),
};
