import { appError } from '../../shared/result/app-error';
import type { FromPictureWorker, PictureAnswer, PictureTask, ToPictureWorker } from './picture-messages';

/** Performs picture tasks elsewhere; never rejects. */
export interface PictureWorker {
  perform(task: PictureTask, signal?: AbortSignal): Promise<PictureAnswer>;
  close(): void;
}

/** Starts the sandboxed worker with its first task, and again after a crash of it. */
export function createPictureWorker(): PictureWorker {
  const pending = new Map<number, (answer: PictureAnswer) => void>();
  let worker: Worker | null = null;
  let nextId = 1;

  function start(): Worker {
    const started = new Worker(new URL('../workers/picture.worker.ts', import.meta.url), {
      type: 'module',
      name: 'pictures',
    });
    started.addEventListener('message', (event: MessageEvent<FromPictureWorker>) => {
      const { id, answer } = event.data;
      const resolve = pending.get(id);
      pending.delete(id);
      if (resolve !== undefined) resolve(answer);
      else if (answer.kind === 'bitmap') answer.bitmap.close();
    });
    started.addEventListener('error', () => {
      started.terminate();
      if (worker === started) worker = null;
      const error = appError(
        'process.crashed',
        'The picture worker ended in the middle of its work. Show the picture again; if it happens twice, send the log.',
      );
      for (const resolve of pending.values()) resolve({ kind: 'failed', error });
      pending.clear();
    });
    return started;
  }

  function send(message: ToPictureWorker): void {
    worker ??= start();
    worker.postMessage(message);
  }

  return {
    perform(task, signal) {
      return new Promise((resolve) => {
        if (signal?.aborted) {
          resolve({ kind: 'failed', error: appError('job.cancelled', 'Withdrawn before it began.') });
          return;
        }
        const id = nextId++;
        const abort = (): void => send({ id, task: null });
        signal?.addEventListener('abort', abort, { once: true });
        pending.set(id, (answer) => {
          signal?.removeEventListener('abort', abort);
          resolve(answer);
        });
        send({ id, task });
      });
    },

    close() {
      worker?.terminate();
      worker = null;
    },
  };
}
