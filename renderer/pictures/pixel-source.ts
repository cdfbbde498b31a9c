import { imagePoint } from '../../shared/geometry/point';
import { type AppError, appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { PictureAdjustments } from '../editor/display-settings';
import type { PixelServices, WireField } from '../editor/pixel-services';
import { type PictureRef, pixelPictureOf } from './asset-url';
import { wayFromSeed } from './pixels/grow-wire';
import type {
  FromPixelWorker,
  PixelAnswer,
  PixelFacts,
  PixelPicture,
  PixelWork,
  ToPixelWorker,
} from './pixels/pixel-messages';

/** Work on the pixels of the picture on screen, in a worker of its own that is started when first needed. */
export interface PixelSource extends PixelServices {
  /** Turns to another picture, or to none, and lets go of the pixels of the one before. */
  show(image: PictureRef | null): void;
  /** The picture as the adjustments show it, upright. It belongs to the caller, who closes it. A later call overtakes. */
  adjust(adjustments: PictureAdjustments): Promise<Result<ImageBitmap>>;
  facts(): Promise<Result<PixelFacts>>;
  close(): void;
}

export function createPixelSource(startWorker: () => Worker = startPixelWorker): PixelSource {
  const pending = new Map<number, (answer: PixelAnswer) => void>();
  let worker: Worker | null = null;
  let picture: PixelPicture | null = null;
  let nextId = 1;

  function start(): Worker {
    const started = startWorker();
    started.addEventListener('message', (event: MessageEvent<FromPixelWorker>) => {
      const { id, answer } = event.data;
      const resolve = pending.get(id);
      pending.delete(id);
      resolve?.(answer);
    });
    started.addEventListener('error', () => {
      started.terminate();
      if (worker === started) worker = null;
      failAll(crashed());
    });
    return started;
  }

  function failAll(error: AppError): void {
    const resolves = [...pending.values()];
    pending.clear();
    for (const resolve of resolves) resolve({ kind: 'failed', error });
  }

  function send(message: ToPixelWorker): void {
    worker ??= start();
    worker.postMessage(message);
  }

  /** What was asked of a picture that is not shown any more is not answered with another picture's pixels. */
  function perform(work: PixelWork): Promise<PixelAnswer> {
    const asked = picture;
    if (asked === null) return Promise.resolve({ kind: 'failed', error: noPicture() });
    return new Promise((resolve) => {
      const id = nextId++;
      pending.set(id, (answer) => {
        if (asked === picture) return resolve(answer);
        if (answer.kind === 'adjust') answer.bitmap.close();
        resolve({ kind: 'failed', error: appError('job.cancelled', 'Another picture is shown.') });
      });
      send({ id, picture: asked, work });
    });
  }

  return {
    show(image) {
      const next = image === null ? null : pixelPictureOf(image);
      if (next?.url === picture?.url) return;
      picture = next;
      // Memory is given back at once, not when the next picture is worked on, which may be never.
      if (worker !== null) send({ id: nextId++, picture: null, work: null });
    },

    async wire(seed, reach) {
      const answer = await perform({ kind: 'wire', x: seed.x, y: seed.y, reach });
      if (answer.kind === 'failed') return err(answer.error);
      if (answer.kind !== 'wire') return unexpected();
      const { left, top, width, height, toSeed } = answer;
      const field: WireField = {
        seed,
        pathTo(to) {
          const x = Math.floor(to.x) - left;
          const y = Math.floor(to.y) - top;
          if (x < 0 || y < 0 || x >= width || y >= height) return [seed, to];
          // Both ends are where the person put them; between them the wire goes through the middles of pixels.
          const way = wayFromSeed(toSeed, width, x, y).slice(1, -1);
          return [seed, ...way.map(([column, row]) => imagePoint(left + column + 0.5, top + row + 0.5)), to];
        },
      };
      return ok(field);
    },

    async wand(seed, options) {
      const answer = await perform({ kind: 'wand', x: seed.x, y: seed.y, ...options });
      if (answer.kind === 'failed') return err(answer.error);
      if (answer.kind !== 'wand') return unexpected();
      const isAlone = answer.shape === null || (answer.shape.width === 1 && answer.shape.height === 1);
      if (answer.shape === null || isAlone) {
        return err(
          appError(
            'edit.too-small',
            'No pixel beside this one is alike. Raise the tolerance with + and try again.',
          ),
        );
      }
      return ok({ shape: answer.shape, isPart: answer.isPart });
    },

    async sample(at) {
      const answer = await perform({ kind: 'sample', x: at.x, y: at.y });
      return answer.kind === 'sample' ? answer.sample : null;
    },

    async adjust(adjustments) {
      const answer = await perform({ kind: 'adjust', adjustments });
      if (answer.kind === 'failed') return err(answer.error);
      return answer.kind === 'adjust' ? ok(answer.bitmap) : unexpected();
    },

    async facts() {
      const answer = await perform({ kind: 'facts' });
      if (answer.kind === 'failed') return err(answer.error);
      return answer.kind === 'facts' ? ok(answer.facts) : unexpected();
    },

    close() {
      worker?.terminate();
      worker = null;
      picture = null;
      failAll(appError('job.cancelled', 'The window closes.'));
    },
  };
}

function startPixelWorker(): Worker {
  return new Worker(new URL('../workers/pixel.worker.ts', import.meta.url), {
    type: 'module',
    name: 'pixels',
  });
}

function crashed(): AppError {
  return appError(
    'process.crashed',
    'The worker for pixels ended in the middle of its work. Try again; if it happens twice, send the log.',
  );
}

function noPicture(): AppError {
  return appError('usage.bad-arguments', 'The picture is not there yet. Try again when it is shown.');
}

function unexpected(): Result<never> {
  return err(
    appError('internal.unexpected', 'The worker for pixels answered something else than was asked.'),
  );
}
