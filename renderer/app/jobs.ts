import type { JobProgress } from '../../shared/ipc/channels/files';
import type { AppError } from '../../shared/result/app-error';
import { createObservable, type Observable } from './observable';

export interface JobInput {
  /** For a person: `Importing street-photos`. */
  readonly title: string;
  /** Left out when the work cannot be stopped. */
  readonly cancel?: () => void;
}

export type JobState =
  | { readonly kind: 'running' }
  | { readonly kind: 'done'; readonly message: string }
  | { readonly kind: 'failed'; readonly error: AppError };

/** One line of the tray. */
export interface Job extends JobInput {
  readonly id: number;
  readonly state: JobState;
  readonly progress: JobProgress | null;
  readonly note: string;
}

/** What the one who does the work holds. After `done` or `fail` further calls change nothing. */
export interface JobHandle {
  progress(progress: JobProgress, note?: string): void;
  note(text: string): void;
  done(message?: string): void;
  fail(error: AppError): void;
}

/** Long work shows in the progress tray, never in a dialog that blocks. */
export interface Jobs {
  readonly list: Observable<readonly Job[]>;
  start(input: JobInput): JobHandle;
  /** Takes a finished line out of the tray. */
  dismiss(id: number): void;
}

/** Finished lines that stay in the tray until dismissed; older ones go by themselves. */
const MOST_FINISHED = 5;

/** What went well tells itself and goes; failures stay until dismissed. */
const DONE_STAYS_FOR_MS = 6_000;

export function createJobs(
  schedule: (run: () => void, ms: number) => void = (run, ms) => setTimeout(run, ms),
): Jobs {
  const list = createObservable<readonly Job[]>([]);
  let nextId = 1;

  const change = (id: number, part: Partial<Job>) =>
    list.update((jobs) =>
      jobs.map((job) => (job.id === id && job.state.kind === 'running' ? { ...job, ...part } : job)),
    );
  const trim = () =>
    list.update((jobs) => {
      const finished = jobs.filter((job) => job.state.kind !== 'running');
      const dropped = new Set(finished.slice(0, -MOST_FINISHED).map((job) => job.id));
      return dropped.size === 0 ? jobs : jobs.filter((job) => !dropped.has(job.id));
    });

  return {
    list,
    start(input) {
      const id = nextId++;
      list.update((jobs) => [
        ...jobs,
        { ...input, id, state: { kind: 'running' }, progress: null, note: '' },
      ]);
      return {
        progress: (progress, note) => change(id, note === undefined ? { progress } : { progress, note }),
        note: (note) => change(id, { note }),
        done(message = 'Done') {
          change(id, { state: { kind: 'done', message } });
          trim();
          schedule(
            () => list.update((jobs) => jobs.filter((job) => job.id !== id || job.state.kind !== 'done')),
            DONE_STAYS_FOR_MS,
          );
        },
        fail(error) {
          change(id, { state: { kind: 'failed', error } });
          trim();
        },
      };
    },
    dismiss: (id) =>
      list.update((jobs) => jobs.filter((job) => job.id !== id || job.state.kind === 'running')),
  };
}
