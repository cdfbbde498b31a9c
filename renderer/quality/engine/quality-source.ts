import { appError } from '../../../shared/result/app-error';
import { err, ok, type Result } from '../../../shared/result/result';
import type { ProjectId } from '../../../shared/schema/ids';
import type { ImageRepository } from '../../persistence/ports';
import type {
  FromQualityWorker,
  QualityAnswer,
  QualityFigures,
  QualityRequest,
  QualitySettings,
  QualityStatus,
  ToQualityWorker,
} from './quality-messages';

/** The quality of one project, worked out in a worker and kept up to date. */
export interface OpenQuality {
  readonly projectId: ProjectId;
  status(): QualityStatus;
  /** Null until they are there for the first time. */
  figures(): QualityFigures | null;
  /** Hears when the status or the figures changed. */
  subscribe(listener: () => void): () => void;
  ask<Kind extends QualityRequest['kind']>(
    request: Extract<QualityRequest, { kind: Kind }>,
  ): Promise<Result<Extract<QualityAnswer, { kind: Kind }>>>;
  setSettings(settings: QualitySettings): void;
  /** Stops reading; what was read so far stays. */
  cancel(): void;
  readAgain(): void;
}

export interface QualitySource {
  /**
   * The quality of a project; reading begins with the first call. The last project stays in memory, so that coming back
   * costs nothing; another project takes its place.
   */
  open(projectId: ProjectId, settings: QualitySettings): OpenQuality;
  close(): void;
}

export function createQualitySource(
  images: Pick<ImageRepository, 'observe'>,
  databaseName: string,
): QualitySource {
  let current: (OpenQuality & { close(): void }) | null = null;
  return {
    open(projectId, settings) {
      if (current?.projectId === projectId && current.status().kind !== 'failed') {
        current.setSettings(settings);
        return current;
      }
      current?.close();
      current = openQuality(projectId, settings, images, databaseName);
      return current;
    },
    close() {
      current?.close();
      current = null;
    },
  };
}

function openQuality(
  projectId: ProjectId,
  settings: QualitySettings,
  images: Pick<ImageRepository, 'observe'>,
  databaseName: string,
): OpenQuality & { close(): void } {
  const listeners = new Set<() => void>();
  const pending = new Map<number, (answer: QualityAnswer) => void>();
  let status: QualityStatus = { kind: 'reading', images: 0, totalImages: 0, objects: 0 };
  let figures: QualityFigures | null = null;
  let nextId = 1;
  const worker = new Worker(new URL('../../workers/quality.worker.ts', import.meta.url), {
    type: 'module',
    name: 'quality',
  });
  const send = (message: ToQualityWorker) => worker.postMessage(message);
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };
  const endAll = (error: ReturnType<typeof appError>) => {
    for (const resolve of pending.values()) resolve({ kind: 'failed', error });
    pending.clear();
  };

  worker.addEventListener('message', ({ data }: MessageEvent<FromQualityWorker>) => {
    if (data.kind === 'answer') {
      pending.get(data.id)?.(data.answer);
      pending.delete(data.id);
      return;
    }
    if (data.kind === 'status') status = data.status;
    else figures = data.figures;
    tell();
  });
  worker.addEventListener('error', () => {
    worker.terminate();
    const error = appError(
      'process.crashed',
      'The worker that compares labels ended in the middle of its work. Open the screen again; if it happens twice, send the log.',
    );
    status = { kind: 'failed', error };
    endAll(error);
    tell();
  });
  send({ kind: 'open', databaseName, projectId, settings });
  const stop = images.observe(projectId, ({ imageIds }) => send({ kind: 'changed', imageIds }));

  return {
    projectId,
    status: () => status,
    figures: () => figures,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async ask<Kind extends QualityRequest['kind']>(request: Extract<QualityRequest, { kind: Kind }>) {
      if (status.kind === 'failed') return err(status.error);
      const answer = await new Promise<QualityAnswer>((resolve) => {
        const id = nextId++;
        pending.set(id, resolve);
        send({ kind: 'ask', id, request });
      });
      if (answer.kind === 'failed') return err(answer.error);
      // The worker answers in kind.
      return ok(answer as Extract<QualityAnswer, { kind: Kind }>);
    },
    setSettings: (next) => send({ kind: 'settings', settings: next }),
    cancel: () => send({ kind: 'cancel' }),
    readAgain: () => send({ kind: 'again' }),
    close() {
      stop();
      worker.terminate();
      endAll(appError('job.cancelled', 'Another project was opened.'));
      listeners.clear();
    },
  };
}
