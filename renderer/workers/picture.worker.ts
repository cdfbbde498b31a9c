import { unexpectedError } from '../../shared/result/app-error';
import { performTask } from '../pictures/decode-picture';
import type { FromPictureWorker, PictureAnswer, ToPictureWorker } from '../pictures/picture-messages';

// Tasks run side by side; a message with the id of a running one and no task aborts it.

const running = new Map<number, AbortController>();

self.addEventListener('message', (event: MessageEvent<ToPictureWorker>) => {
  const { id, task } = event.data;
  if (task === null) {
    running.get(id)?.abort();
    return;
  }
  const controller = new AbortController();
  running.set(id, controller);
  performTask(task, controller.signal)
    .catch(
      (thrown: unknown): PictureAnswer => ({
        kind: 'failed',
        error: unexpectedError(thrown, 'decoding a picture'),
      }),
    )
    .then((answer) => {
      running.delete(id);
      reply({ id, answer });
    });
});

/** Pixels are handed over, not copied. */
function reply(message: FromPictureWorker): void {
  const { answer } = message;
  const transfer: Transferable[] =
    answer.kind === 'bitmap' ? [answer.bitmap] : answer.kind === 'thumbnail' ? [answer.bytes.buffer] : [];
  self.postMessage(message, { transfer });
}
