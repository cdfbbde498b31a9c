import { optionFault } from '../../shared/formats/format-options';
import { formatById } from '../../shared/formats/index';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { JobId } from '../../shared/schema/ids';
import { type BatchGate, createBatchGate } from '../media/scan/batch-gate';
import type { WorkerHandler } from '../process-host/serve-worker';
import * as ask from './dataset-requests';
import { openLabelFolder } from './label-folder';
import { type LabelPass, surveyLabels, takeLabels } from './label-passes';

type Context = Parameters<WorkerHandler>[1];
type Send = (batch: { readonly batch: number }) => Promise<boolean>;

/** The two passes of an import, each a job that waits for its batches to be acknowledged. */
export function createLabelHandlers(): Readonly<Record<string, WorkerHandler>> {
  const gates = new Map<JobId, BatchGate>();

  async function run(
    args: ask.LabelsReadArgs,
    { signal, emit }: Context,
    event: string,
    work: (pass: LabelPass, send: Send) => Promise<Result<null>>,
  ): Promise<Result<null>> {
    const { jobId, target, pictures, formatId, options } = args;
    const format = formatById(formatId);
    if (format === null) {
      return err(appError('format.unrecognised', `There is no dataset format "${formatId}".`, { formatId }));
    }
    const fault = optionFault(format.readOptions, options);
    if (fault !== null) return err(appError('usage.bad-arguments', fault, { formatId }));
    const folder = await openLabelFolder(target, pictures);
    if (!folder.ok) return folder;
    const gate = createBatchGate(signal);
    gates.set(jobId, gate);
    try {
      return await work({ format, folder: folder.value, options, jobId }, async (batch) => {
        if (!(await gate.mayPass(batch.batch))) return false;
        emit(event, batch);
        return true;
      });
    } finally {
      gates.delete(jobId);
    }
  }

  return {
    [ask.LABELS_SURVEY]: (args, context) =>
      run(args as ask.LabelsReadArgs, context, ask.LABELS_SURVEYED, surveyLabels),

    [ask.LABELS_TAKE]: (args, context) => {
      const wish = args as ask.LabelsTakeArgs;
      return run(wish, context, ask.LABELS_TAKEN, (pass, send) => takeLabels(pass, wish, send));
    },

    [ask.LABELS_ACKNOWLEDGE]: async (args) => {
      const { jobId, batch } = args as ask.LabelsAcknowledgeArgs;
      gates.get(jobId)?.acknowledge(batch);
      return ok(null);
    },
  };
}
