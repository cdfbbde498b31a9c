import { type AppError, appError } from '../../shared/result/app-error';
import type { CropAnswer, CropTask, FromCropWorker, GroupTask, ToCropWorker } from './crop-messages';

/** Two cores decode; the page and the rest of the app want some of them too. */
const WORKERS = 2;

/** Workers that cut crops; each does one picture at a time. */
export interface CropWorkers {
  /** The worker that a picture goes to: always the same one, which may still have it decoded. */
  workerFor(contentHash: string): number;
  isBusy(worker: number): boolean;
  readonly count: number;
  /** Never rejects. */
  perform(worker: number, task: CropTask | GroupTask, signal: AbortSignal): Promise<CropAnswer>;
  close(): void;
}

interface Running {
  readonly id: number;
  readonly resolve: (answer: CropAnswer) => void;
}

/** Starts the sandboxed workers with their first task, and again after a crash. */
export function createCropWorkers(): CropWorkers {
  const workers: (Worker | null)[] = Array.from({ length: WORKERS }, () => null);
  const running: (Running | null)[] = Array.from({ length: WORKERS }, () => null);
  let nextId = 1;

  function start(index: number): Worker {
    const started = new Worker(new URL('../workers/crop.worker.ts', import.meta.url), {
      type: 'module',
      name: `crops ${index + 1}`,
    });
    started.addEventListener('message', ({ data }: MessageEvent<FromCropWorker>) => {
      const current = running[index];
      if (current?.id === data.id) {
        running[index] = null;
        current.resolve(data.answer);
      } else if (data.answer.kind === 'drawn') {
        for (const { bitmap } of data.answer.crops) bitmap.close();
      }
    });
    started.addEventListener('error', () => {
      started.terminate();
      if (workers[index] === started) workers[index] = null;
      const current = running[index];
      running[index] = null;
      current?.resolve({ kind: 'failed', error: crashed() });
    });
    workers[index] = started;
    return started;
  }

  return {
    count: WORKERS,
    workerFor: (contentHash) => Number.parseInt(contentHash.slice(-4), 16) % WORKERS,
    isBusy: (worker) => running[worker] !== null,
    perform(worker, task, signal) {
      return new Promise((resolve) => {
        const id = nextId++;
        const send = (message: ToCropWorker) => (workers[worker] ?? start(worker)).postMessage(message);
        const abort = () => send({ id, task: null });
        signal.addEventListener('abort', abort, { once: true });
        running[worker] = {
          id,
          resolve: (answer) => {
            signal.removeEventListener('abort', abort);
            resolve(answer);
          },
        };
        send({ id, task });
      });
    },
    close() {
      workers.forEach((worker, index) => {
        worker?.terminate();
        workers[index] = null;
        running[index]?.resolve({
          kind: 'failed',
          error: appError('job.cancelled', 'The gallery was left.'),
        });
        running[index] = null;
      });
    },
  };
}

function crashed(): AppError {
  return appError(
    'process.crashed',
    'The worker that cuts pictures ended in the middle of its work. Scroll away and back; if it happens twice, send the log.',
  );
}
