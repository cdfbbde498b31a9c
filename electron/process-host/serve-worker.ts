import { appError, unexpectedError } from '../../shared/result/app-error';
import { err, type Result } from '../../shared/result/result';
import { type FromWorker, isToWorker } from './protocol';

export interface WorkerRequestContext {
  /** Aborted when the asker gave up; a handler then answers soon, with `job.cancelled` by convention. */
  readonly signal: AbortSignal;
  /** Tells main something unasked. How much may be under way at once is the handler's business. */
  readonly emit: (name: string, payload: unknown) => void;
}

/** Arguments come from main, which parsed them with the channel's schema; handlers narrow them by their own types. */
export type WorkerHandler = (args: unknown, context: WorkerRequestContext) => Promise<Result<unknown>>;

/** The worker's end of the line; `process.parentPort` in a utility process. */
export interface WorkerPort {
  post(message: FromWorker): void;
  onMessage(listener: (message: unknown) => void): void;
}

function parentPort(): WorkerPort {
  const port = process.parentPort;
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on('message', (event) => listener(event.data)),
  };
}

/**
 * Answers main's requests until it says stop. Handlers run side by side; what they throw becomes
 * `internal.unexpected` and the process lives on.
 * @param options.onStop closes what must be closed; the process exits when it is done, whatever threads still run.
 */
export function serveWorker(
  handlers: Readonly<Record<string, WorkerHandler>>,
  options: { readonly port?: WorkerPort; readonly onStop?: () => Promise<void> | void } = {},
): { readonly emit: WorkerRequestContext['emit'] } {
  const port = options.port ?? parentPort();
  const running = new Map<number, AbortController>();
  const emit = (name: string, payload: unknown): void => port.post({ kind: 'event', name, payload });

  async function answer(method: string, args: unknown, signal: AbortSignal): Promise<Result<unknown>> {
    const handler = Object.hasOwn(handlers, method) ? handlers[method] : undefined;
    if (handler === undefined) {
      return err(appError('ipc.unknown-channel', `No worker answers to "${method}".`, { method }));
    }
    try {
      return await handler(args, { signal, emit });
    } catch (thrown) {
      return err(unexpectedError(thrown, method));
    }
  }

  async function handle(id: number, method: string, args: unknown): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    const result = await answer(method, args, controller.signal);
    running.delete(id);
    try {
      port.post({ kind: 'reply', id, result });
    } catch (thrown) {
      // A value that cannot be cloned: the asker must still get its one reply.
      port.post({ kind: 'reply', id, result: err(unexpectedError(thrown, method)) });
    }
  }

  async function stop(): Promise<void> {
    for (const controller of running.values()) controller.abort();
    try {
      await options.onStop?.();
    } finally {
      // Explicit, because wasm-vips and DuckDB keep threads that would hold the process open.
      process.exit(0);
    }
  }

  port.onMessage((message) => {
    if (!isToWorker(message)) return;
    if (message.kind === 'request') void handle(message.id, message.method, message.args);
    else if (message.kind === 'cancel') running.get(message.id)?.abort();
    else void stop();
  });

  return { emit };
}
