import { optionFault } from '../../shared/formats/format-options';
import { FORMATS, formatById } from '../../shared/formats/index';
import type { FormatSummary } from '../../shared/ipc/channels/dataset-formats';
import { appError } from '../../shared/result/app-error';
import { err, ok } from '../../shared/result/result';
import type { WorkerHandler } from '../process-host/serve-worker';
import * as ask from './dataset-requests';

/** What the formats say of themselves. */
export function createFormatHandlers(): Readonly<Record<string, WorkerHandler>> {
  return {
    [ask.FORMATS_LIST]: async () =>
      ok(
        Object.values(FORMATS).map((format): FormatSummary => {
          const { id, title, description, readOptions, writeOptions } = format;
          return { id, title, description, readOptions, writeOptions, fidelity: format.fidelity() };
        }),
      ),

    [ask.FORMATS_FIDELITY]: async (args) => {
      const { formatId, options } = args as ask.FormatFidelityArgs;
      const format = formatById(formatId);
      if (format === null) {
        return err(
          appError('format.unrecognised', `There is no dataset format "${formatId}".`, { formatId }),
        );
      }
      const fault = optionFault(format.writeOptions, options);
      return fault === null ? ok(format.fidelity(options)) : err(appError('usage.bad-arguments', fault));
    },
  };
}
