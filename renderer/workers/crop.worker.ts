import { unexpectedError } from '../../shared/result/app-error';
import type { CropAnswer, FromCropWorker, ToCropWorker } from '../crops/crop-messages';
import { groupLooks } from '../crops/group-looks';
import { createCropMaker } from '../crops/make-crops';

// Tasks come one at a time; a message with the id of the running one and no task aborts it.

const maker = createCropMaker();
const running = new Map<number, AbortController>();

self.addEventListener('message', ({ data: { id, task } }: MessageEvent<ToCropWorker>) => {
  if (task === null) {
    running.get(id)?.abort();
    return;
  }
  const controller = new AbortController();
  running.set(id, controller);
  const { signal } = controller;
  const made = task.kind === 'group' ? groupLooks(task, signal) : maker.make(task, signal);
  made
    .catch(
      (thrown: unknown): CropAnswer => ({
        kind: 'failed',
        error: unexpectedError(thrown, 'cutting objects out of a picture'),
      }),
    )
    .then((answer) => {
      running.delete(id);
      reply({ id, answer });
    });
});

/** Pixels are handed over, not copied. */
function reply(message: FromCropWorker): void {
  const { answer } = message;
  const transfer: Transferable[] = answer.kind === 'drawn' ? answer.crops.map(({ bitmap }) => bitmap) : [];
  self.postMessage(message, { transfer });
}
