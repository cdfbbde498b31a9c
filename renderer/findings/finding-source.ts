import { type AppError, appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { ProjectId } from '../../shared/schema/ids';
import type { ImageRepository } from '../persistence/ports';
import type {
  CheckSettings,
  FindingAnswer,
  FindingFilter,
  FindingRequest,
  FindingStatus,
  FromFindingWorker,
  ListedFinding,
  ToFindingWorker,
} from './finding-messages';

/** All that rules say of a project, found in a worker and kept up to date while it is open. */
export interface ProjectFindings {
  readonly projectId: ProjectId;
  status(): FindingStatus;
  /** Hears when the status changes, and when findings did ('updated'): what was asked before is to be asked again. */
  subscribe(listener: (news: 'status' | 'updated') => void): () => void;
  /** Other rules or labels check everything again, other waivers only count anew. */
  setUp(settings: CheckSettings): void;
  /** Looks of pictures were stored: rules about look-alikes are asked again. */
  looksChanged(): void;
  total(filter: FindingFilter): Promise<Result<number>>;
  window(filter: FindingFilter, from: number, to: number): Promise<Result<readonly ListedFinding[]>>;
  fixable(
    filter: FindingFilter,
    fixId: string,
  ): Promise<Result<Extract<FindingAnswer, { kind: 'fixable' }>['findings']>>;
  close(): void;
}

/** Begins to check a project. `close` ends it, also in the middle. */
export function openFindings(
  projectId: ProjectId,
  settings: CheckSettings,
  images: Pick<ImageRepository, 'observe'>,
  databaseName: string,
): ProjectFindings {
  const listeners = new Set<(news: 'status' | 'updated') => void>();
  const pending = new Map<number, (answer: FindingAnswer) => void>();
  let status: FindingStatus = { kind: 'checking', images: 0, totalImages: 0, objects: 0, counts: {} };
  let nextId = 1;
  const worker = new Worker(new URL('../workers/findings.worker.ts', import.meta.url), {
    type: 'module',
    name: 'findings',
  });
  const send = (message: ToFindingWorker) => worker.postMessage(message);
  const tell = (news: 'status' | 'updated') => {
    for (const listener of [...listeners]) listener(news);
  };
  const endPending = (error: AppError) => {
    for (const resolve of pending.values()) resolve({ kind: 'failed', error });
    pending.clear();
  };

  worker.addEventListener('message', ({ data }: MessageEvent<FromFindingWorker>) => {
    if (data.kind === 'status') {
      status = data.status;
      tell('status');
    } else if (data.kind === 'updated') tell('updated');
    else {
      pending.get(data.id)?.(data.answer);
      pending.delete(data.id);
    }
  });
  worker.addEventListener('error', () => {
    worker.terminate();
    const error = appError(
      'process.crashed',
      'The worker that checks the project ended in the middle of its work. Check it again; if it happens twice, send the log.',
    );
    status = { kind: 'failed', error };
    endPending(error);
    tell('status');
  });
  send({ kind: 'open', databaseName, projectId, settings });
  const stop = images.observe(projectId, ({ imageIds }) => send({ kind: 'changed', imageIds }));

  async function ask<Kind extends FindingRequest['kind']>(
    request: Extract<FindingRequest, { kind: Kind }>,
  ): Promise<Result<Extract<FindingAnswer, { kind: Kind }>>> {
    if (status.kind === 'failed') return err(status.error);
    const answer = await new Promise<FindingAnswer>((resolve) => {
      const id = nextId++;
      pending.set(id, resolve);
      send({ kind: 'ask', id, request });
    });
    // The worker answers in kind.
    return answer.kind === 'failed'
      ? err(answer.error)
      : ok(answer as Extract<FindingAnswer, { kind: Kind }>);
  }

  return {
    projectId,
    status: () => status,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setUp: (next) => send({ kind: 'settings', settings: next }),
    looksChanged: () => send({ kind: 'looks' }),
    async total(filter) {
      const answer = await ask({ kind: 'total', filter });
      return answer.ok ? ok(answer.value.total) : answer;
    },
    async window(filter, from, to) {
      const answer = await ask({ kind: 'window', filter, from, to });
      return answer.ok ? ok(answer.value.rows) : answer;
    },
    async fixable(filter, fixId) {
      const answer = await ask({ kind: 'fixable', filter, fixId });
      return answer.ok ? ok(answer.value.findings) : answer;
    },
    close() {
      stop();
      worker.terminate();
      endPending(appError('job.cancelled', 'Checking was ended.'));
      listeners.clear();
    },
  };
}
