import { appError, isAppError, unexpectedError } from '../../shared/result/app-error';
import { err, type Result } from '../../shared/result/result';
import { type FromWorker, isFromWorker, type ToWorker } from './protocol';

/** The few things of a child process that the host needs; `utilityProcess` in the app, `child_process` in tests. */
export interface ForkedWorker {
  post(message: ToWorker): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (exit: { readonly code: number | null; readonly lastOutput: string }) => void): void;
  kill(): void;
}

export interface WorkerCrash {
  readonly name: string;
  readonly code: number | null;
  /** The end of what the process wrote to stderr, for the log. */
  readonly lastOutput: string;
  /** How many requests were lost with it. */
  readonly pendingRequests: number;
}

export interface WorkerEvent {
  readonly name: string;
  readonly payload: unknown;
}

/** A worker process as main sees it: started by its first request, started again by the first one after a crash. */
export interface WorkerProcess {
  readonly name: string;
  /**
   * Asks the worker and waits for its one reply. Never rejects: a crash gives `process.crashed`, an abort of
   * `signal` gives whatever the handler answers to it (`job.cancelled` by convention).
   * `T` is what the handler of `method` returns; the router holds it against the channel's schema.
   */
  request<T>(method: string, args: unknown, options?: { readonly signal?: AbortSignal }): Promise<Result<T>>;
  /** Hears everything the worker emits; survives restarts of the process. Returns the way to stop. */
  subscribe(listener: (event: WorkerEvent) => void): () => void;
  /** Hears that the process ended without being asked to. Jobs that ran in it are gone. */
  onCrash(listener: (crash: WorkerCrash) => void): () => void;
  isRunning(): boolean;
  /** Asks it to end and kills it when it has not done so after `patienceMs`. */
  stop(patienceMs?: number): Promise<void>;
}

interface Running {
  readonly child: ForkedWorker;
  readonly pending: Map<number, (result: Result<unknown>) => void>;
  readonly exited: Promise<void>;
  isStopping: boolean;
}

/** Long enough to close a DuckDB database, short enough that quitting does not feel stuck. */
const PATIENCE_AT_STOP_MS = 3000;

export function createWorkerProcess(name: string, fork: () => ForkedWorker): WorkerProcess {
  const eventListeners = new Set<(event: WorkerEvent) => void>();
  const crashListeners = new Set<(crash: WorkerCrash) => void>();
  let running: Running | null = null;
  let nextId = 1;

  function receive(to: Running, message: unknown): void {
    // A message in no known form can only come from a broken worker; the request it was for ends with the process.
    if (!isFromWorker(message)) return;
    settle(to, message);
  }

  function settle(to: Running, message: FromWorker): void {
    if (message.kind === 'event') {
      for (const listener of eventListeners) listener({ name: message.name, payload: message.payload });
      return;
    }
    const resolve = to.pending.get(message.id);
    to.pending.delete(message.id);
    const { result } = message;
    resolve?.(result.ok || isAppError(result.error) ? result : err(unexpectedError(result.error, name)));
  }

  function start(): Running {
    const child = fork();
    let markExited: () => void = () => undefined;
    const started: Running = {
      child,
      pending: new Map(),
      exited: new Promise((resolve) => {
        markExited = resolve;
      }),
      isStopping: false,
    };
    child.onMessage((message) => receive(started, message));
    child.onExit(({ code, lastOutput }) => {
      if (running === started) running = null;
      const lost = [...started.pending.values()];
      started.pending.clear();
      for (const resolve of lost) {
        resolve(
          err(
            appError(
              'process.crashed',
              `The ${name} process ended in the middle of its work (exit code ${code ?? 'unknown'}). ` +
                'Nothing that was saved is affected; try again, and send the log if it happens twice.',
              { process: name, exitCode: code },
            ),
          ),
        );
      }
      if (!started.isStopping) {
        for (const listener of crashListeners) {
          listener({ name, code, lastOutput, pendingRequests: lost.length });
        }
      }
      markExited();
    });
    running = started;
    return started;
  }

  return {
    name,
    isRunning: () => running !== null,

    request<T>(method: string, args: unknown, options: { readonly signal?: AbortSignal } = {}) {
      return new Promise<Result<T>>((resolve) => {
        const { signal } = options;
        if (signal?.aborted) {
          resolve(err(appError('job.cancelled', 'Cancelled before it began.')));
          return;
        }
        let target: Running;
        try {
          target = running !== null && !running.isStopping ? running : start();
        } catch (thrown) {
          resolve(err(unexpectedError(thrown, `starting the ${name} process`)));
          return;
        }
        const id = nextId++;
        const cancel = () => target.child.post({ kind: 'cancel', id });
        target.pending.set(id, (result) => {
          signal?.removeEventListener('abort', cancel);
          // The one place where a reply gets its type; see the doc comment of `request`.
          resolve(result as Result<T>);
        });
        signal?.addEventListener('abort', cancel, { once: true });
        try {
          target.child.post({ kind: 'request', id, method, args });
        } catch (thrown) {
          // Arguments that cannot be cloned fail here; the process itself is fine.
          target.pending.get(id)?.(err(unexpectedError(thrown, `${name}: ${method}`)));
          target.pending.delete(id);
        }
      });
    },

    subscribe(listener) {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },

    onCrash(listener) {
      crashListeners.add(listener);
      return () => crashListeners.delete(listener);
    },

    async stop(patienceMs = PATIENCE_AT_STOP_MS) {
      const target = running;
      if (target === null) return;
      target.isStopping = true;
      target.child.post({ kind: 'stop' });
      const timer = setTimeout(() => target.child.kill(), patienceMs);
      await target.exited;
      clearTimeout(timer);
    },
  };
}
