import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { AnnotationId, ImageId, ProjectId } from '../../shared/schema/ids';
import type { JobHandle, Jobs } from '../app/jobs';
import { plural } from '../components/quantity';
import type { ImageRepository } from '../persistence/ports';
import type {
  FromObjectWorker,
  ObjectAnswer,
  ObjectDetail,
  ObjectFacets,
  ObjectRequest,
  ObjectStatus,
  ObjectsOfImage,
  OtherColumn,
  ToObjectWorker,
} from './object-messages';
import type { ObjectQuery } from './object-query';

/** All objects of a project, held in a worker and kept up to date. Rows are those of `ObjectTable`. */
export interface ProjectObjects {
  readonly projectId: ProjectId;
  status(): ObjectStatus;
  /** Hears when the status changes, and when objects did ('updated'): what was asked before is to be asked again. */
  subscribe(listener: (news: 'status' | 'updated') => void): () => void;
  /** While the project is read: of what was read so far. */
  query(query: ObjectQuery): Promise<Result<Uint32Array>>;
  facets(): Promise<Result<ObjectFacets>>;
  details(rows: readonly number[]): Promise<Result<readonly ObjectDetail[]>>;
  targets(rows: Uint32Array): Promise<Result<readonly ObjectsOfImage[]>>;
  /** Reads these images anew now; what an edit of many images tells by itself is that some changed. */
  reread(imageIds: readonly ImageId[]): void;
  /** Hands in what others found out about objects, to order and filter by; replaces what was there. */
  setColumn(column: OtherColumn, values: ReadonlyMap<AnnotationId, number>): void;
}

export interface ObjectSource {
  /**
   * The objects of a project; reading begins with the first call. The last project stays in memory, so that coming
   * back to a screen costs nothing; another project takes its place.
   */
  open(projectId: ProjectId): ProjectObjects;
  close(): void;
}

/** Fewer images are read before anyone would look for progress. */
const LEAST_IMAGES_TO_TELL = 5000;

/** @param jobs where reading a large project is shown, and can be stopped. */
export function createObjectSource(
  images: Pick<ImageRepository, 'observe'>,
  databaseName: string,
  jobs: Jobs,
): ObjectSource {
  let current: (ProjectObjects & { close(): void }) | null = null;
  return {
    open(projectId) {
      if (current?.projectId === projectId && current.status().kind !== 'failed') return current;
      current?.close();
      current = openProject(projectId, images, databaseName, jobs);
      return current;
    },
    close() {
      current?.close();
      current = null;
    },
  };
}

function openProject(
  projectId: ProjectId,
  images: Pick<ImageRepository, 'observe'>,
  databaseName: string,
  jobs: Jobs,
): ProjectObjects & { close(): void } {
  const listeners = new Set<(news: 'status' | 'updated') => void>();
  const pending = new Map<number, (answer: ObjectAnswer) => void>();
  let status: ObjectStatus = { kind: 'reading', images: 0, totalImages: 0, objects: 0 };
  let line: JobHandle | null = null;
  const begun = performance.now();
  let nextId = 1;
  const worker = new Worker(new URL('../workers/objects.worker.ts', import.meta.url), {
    type: 'module',
    name: 'objects',
  });
  const send = (message: ToObjectWorker) => worker.postMessage(message);
  const tell = (news: 'status' | 'updated') => {
    for (const listener of [...listeners]) listener(news);
  };
  const fail = (error: ReturnType<typeof appError>) => {
    status = { kind: 'failed', error };
    if (error.code === 'job.cancelled') line?.done('Stopped.');
    else line?.fail(error);
    for (const resolve of pending.values()) resolve({ kind: 'failed', error });
    pending.clear();
    tell('status');
  };

  function tellJob(): void {
    if (status.kind === 'ready') line?.done(`${plural(status.objects, 'object')} read.`);
    else if (status.kind === 'failed') line?.fail(status.error);
    else if (status.totalImages >= LEAST_IMAGES_TO_TELL) {
      const { images: done, totalImages: total } = status;
      const perSecond = (done / Math.max(1, performance.now() - begun)) * 1000;
      line ??= jobs.start({ title: 'Reading all objects', cancel: stopReading });
      line.progress({
        done,
        total,
        unit: 'images',
        perSecond,
        secondsLeft: (total - done) / Math.max(1, perSecond),
      });
    }
  }

  function stopReading(): void {
    worker.terminate();
    fail(appError('job.cancelled', 'Reading the objects was stopped.'));
  }

  worker.addEventListener('message', ({ data }: MessageEvent<FromObjectWorker>) => {
    if (data.kind === 'status') {
      status = data.status;
      tellJob();
      tell('status');
    } else if (data.kind === 'updated') tell('updated');
    else {
      pending.get(data.id)?.(data.answer);
      pending.delete(data.id);
    }
  });
  worker.addEventListener('error', () => {
    worker.terminate();
    fail(
      appError(
        'process.crashed',
        'The worker that reads the objects ended in the middle of its work. Open the gallery again; if it happens twice, send the log.',
      ),
    );
  });
  send({ kind: 'open', databaseName, projectId });
  const stop = images.observe(projectId, ({ imageIds }) => send({ kind: 'changed', imageIds }));

  async function ask<Kind extends ObjectRequest['kind']>(
    request: Extract<ObjectRequest, { kind: Kind }>,
  ): Promise<Result<Extract<ObjectAnswer, { kind: Kind }>>> {
    if (status.kind === 'failed') return err(status.error);
    const answer = await new Promise<ObjectAnswer>((resolve) => {
      const id = nextId++;
      pending.set(id, resolve);
      send({ kind: 'ask', id, request });
    });
    // The worker answers in kind.
    return answer.kind === 'failed' ? err(answer.error) : ok(answer as Extract<ObjectAnswer, { kind: Kind }>);
  }

  return {
    projectId,
    status: () => status,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async query(query) {
      const answer = await ask({ kind: 'query', query });
      return answer.ok ? ok(answer.value.rows) : answer;
    },
    async facets() {
      const answer = await ask({ kind: 'facets' });
      return answer.ok ? ok(answer.value.facets) : answer;
    },
    async details(rows) {
      const answer = await ask({ kind: 'details', rows });
      return answer.ok ? ok(answer.value.details) : answer;
    },
    async targets(rows) {
      const answer = await ask({ kind: 'targets', rows });
      return answer.ok ? ok(answer.value.images) : answer;
    },
    reread: (imageIds) => send({ kind: 'changed', imageIds }),
    setColumn: (column, values) => send({ kind: 'column', column, values }),
    close() {
      stop();
      worker.terminate();
      line?.done('Another project was opened.');
      const error = appError('job.cancelled', 'Another project was opened.');
      for (const resolve of pending.values()) resolve({ kind: 'failed', error });
      pending.clear();
      listeners.clear();
    },
  };
}
